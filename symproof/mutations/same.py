"""When two terms are the same at a glance, so that exchanging them is no mistake.

A `Canon` gives every term a key.  Equal keys mean: equal up to the order of summands, factors and
arguments that may be exchanged, the names of bound variables, signs and numbers pulled out of linear
operators, the place of a term in an equation (`a + b = c`, `b = c - a`), `|x|^2` for `x'x`, the rules
of transposition, and nothing else: products are not multiplied out and fractions are not cancelled.
Keys only drop mutants that are not worth trying; they prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symproof.terms.rewrite import MULTI
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import Array, Scalar

# A link of a matrix product: the key of an array, and whether it is transposed.
Link = tuple[str, bool]
# Scalar factors with their powers, sorted, and the product of arrays.
Monomial = tuple[tuple[tuple[str, int], ...], tuple[Link, ...]]
Number = Fraction | int  # whole numbers as int, which is faster
Linear = dict[Monomial, Number]
Env = tuple[tuple[str, str], ...]

_ONE: Monomial = ((), ())
_MAX_POWER = 16
_LINEAR = frozenset("sum expect trace integral diag diff grad jacobian hessian limit index".split())
_ABSOLUTE = frozenset("norm opnorm fronorm".split())
_ODD = frozenset("sin tan asin atan sinh tanh asinh atanh erf sign".split())
_EVEN = frozenset("cos cosh abs".split())
_UNORDERED = frozenset("and or iff".split())
_SYMMETRIC = frozenset("eye diag degree_matrix adjacency hessian".split())
_MIRROR = {"gt": "lt", "ge": "le"}


def _text(linear: Linear) -> str:
    """The linear combination as text, in a fixed order."""
    return " + ".join(sorted(f"{c}*{_word(m)}" if c != 1 else _word(m) for m, c in linear.items())) or "0"


def _word(monomial: Monomial) -> str:
    factors, chain = monomial
    words = [f"{k}^{n}" if n != 1 else k for k, n in factors]
    if chain:
        words.append(_links(chain))
    return "*".join(words) or "1"


def _links(chain: Iterable[Link]) -> str:
    return ".".join(key + "'" if turned else key for key, turned in chain)


def _scaled(linear: Linear, factor: Number) -> Linear:
    if factor == 1:
        return linear
    return {m: c * factor for m, c in linear.items()} if factor else {}


def _size(number: Number) -> Number:
    return -number if number < 0 else number


def _content(linear: Linear) -> tuple[Number, Linear]:
    """A number and a combination whose first coefficient is 1, with the given product."""
    if not linear:
        return 0, linear
    lead = linear[min(linear, key=_word)]
    return lead, _scaled(linear, lead if abs(lead) == 1 else 1 / Fraction(lead))


class Canon:
    """Keys for the terms of one statement; `symmetric` names its symmetric matrices."""

    def __init__(self, symmetric: Iterable[str] = ()) -> None:
        self._symmetric = set(symmetric)
        self._linears: dict[tuple[Term, Env], Linear] = {}
        self._atoms: dict[tuple[Term, Env], str] = {}

    def key(self, term: Term, env: Env = ()) -> str:
        """The key; `env` gives the bound names their labels."""
        if isinstance(term.type, Scalar | Array):
            return _text(self.linear(term, env))
        return self._atom(term, env)

    def is_symmetric(self, term: Term, env: Env = ()) -> bool:
        """Is the matrix visibly its own transpose?"""
        linear = self.linear(term, env)
        return self._transposed(linear) == linear

    # --- linear combinations -------------------------------------------------

    def linear(self, term: Term, env: Env) -> Linear:
        """A number or array as a linear combination of products."""
        found = self._linears.get((term, env))
        if found is None:
            found = self._linears[term, env] = self._linear(term, env)
        return found

    def _linear(self, term: Term, env: Env) -> Linear:
        op, args = term.op, term.args
        if op == "num":
            value: Fraction = term.data  # type: ignore[assignment]
            return {_ONE: value.numerator if value.denominator == 1 else value} if value else {}
        if op == "add":
            total: Linear = {}
            for arg in args:
                for m, c in self.linear(arg, env).items():
                    total[m] = total.get(m, 0) + c
            return {m: c for m, c in total.items() if c}
        if op == "neg":
            return _scaled(self.linear(args[0], env), -1)
        if op in ("mul", "scale", "matmul"):
            return self._product([self.linear(arg, env) for arg in args], term)
        if op == "dot":
            left = self._transposed(self.linear(args[0], env))
            return self._product([left, self.linear(args[1], env)], term)
        if op == "transpose":
            return self._transposed(self.linear(args[0], env))
        if op == "div":
            below = self._power(self.linear(args[1], env), -1)
            return self._product([self.linear(args[0], env), below], term)
        if op == "pow" and args[1].op == "num":
            exponent: Fraction = args[1].data  # type: ignore[assignment]
            base = self.linear(args[0], env)
            if exponent.denominator == 1 and abs(exponent) <= _MAX_POWER and self._small(base):
                return self._power(base, int(exponent))
        if op in _LINEAR and isinstance(args[0].type, Scalar | Array):
            scopes = self._scopes(term, env)
            number, body = min((_content(self.linear(args[0], s)) for s in scopes), key=lambda x: _text(x[1]))
            if op == "trace":
                body = self._cyclic(body)
            return self._one(term, self._operator(term, env, _text(body)), number)
        if op in _ABSOLUTE:
            number, body = _content(self.linear(args[0], env))
            text = _text(body) if op == "norm" else min(_text(body), _text(self._transposed(body)))
            return self._one(term, f"|{text}|" if op == "norm" else f"{op}({text})", _size(number))
        if op == "variance":
            number, body = _content(self.linear(args[0], env))
            return self._one(term, f"variance({_text(body)})", number * number)
        if op in ("hadamard", "covariance"):
            (a, left), (b, right) = (_content(self.linear(arg, env)) for arg in args)
            words = [_text(left), _text(right)]
            if op == "hadamard" or isinstance(term.type, Scalar):
                words.sort()
            return self._one(term, f"{op}({', '.join(words)})", a * b)
        if op == "call" and term.data in _ODD | _EVEN:
            number, body = _content(self.linear(args[0], env))
            sign = -1 if number < 0 and term.data in _ODD else 1
            return self._one(term, f"{term.data}({_text(_scaled(body, _size(number)))})", sign)
        return self._one(term, self._atom(term, env), 1)

    def _one(self, term: Term, key: str, number: Number) -> Linear:
        """A single operand with its coefficient."""
        if not number:
            return {}
        if not isinstance(term.type, Array):
            return {(((key, 1),), ()): number}
        if term.op in _SYMMETRIC:
            self._symmetric.add(key)
        return {((), ((key, term.type.row),)): number}

    @staticmethod
    def _small(linear: Linear) -> bool:
        return all(c.numerator.bit_length() + c.denominator.bit_length() < 64 for c in linear.values())

    def _power(self, base: Linear, exponent: int) -> Linear:
        """A scalar to an integer power; what is divided by stays apart from what is multiplied."""
        if exponent == 0:
            return {_ONE: 1}
        if not base:
            return {} if exponent > 0 else {((("/0", 1),), ()): 1}
        if len(base) == 1:
            (((factors, _), number),) = base.items()
        else:
            number, body = _content(base)
            factors = ((f"({_text(body)})", 1),)
        mark = "/" if exponent < 0 else ""
        return {(tuple((mark + k, n * abs(exponent)) for k, n in factors), ()): Fraction(number) ** exponent}

    def _product(self, operands: list[Linear], term: Term) -> Linear:
        """The product in order; only a number is multiplied into a sum."""
        number: Number = 1
        factors: dict[str, int] = {}
        chain: list[Link] = []
        sums = [x for x in operands if len(x) > 1]
        if len(sums) == 1 and all(x in sums or not any(m != _ONE for m in x) for x in operands):
            for x in operands:
                if x is not sums[0]:
                    number *= x.get(_ONE, 0)
            return _scaled(sums[0], number)
        for x in operands:
            if len(x) == 1:
                (((words, links), c),) = x.items()
                number *= c
                for k, n in words:
                    factors[k] = factors.get(k, 0) + n
                chain.extend(links)
                continue
            c, body = _content(x)
            number *= c
            if any(links for _, links in body):
                chain.append(self._closed(body))
            elif x:
                k = f"({_text(body)})"
                factors[k] = factors.get(k, 0) + 1
        if not number:
            return {}
        if len(chain) > 1:
            chain = [link for link in chain if not link[0].startswith("eye(")] or chain[:1]
        if chain and isinstance(term.type, Scalar):
            k, n = self._form(chain)
            factors[k] = factors.get(k, 0) + n
            chain = []
        return {(tuple(sorted(factors.items())), tuple(chain)): number}

    def _closed(self, body: Linear) -> Link:
        """A sum of arrays as one link."""
        key = f"({_text(body)})"
        turned = self._transposed(body)
        if turned == body:
            self._symmetric.add(key)
        mirrored = f"({_text(turned)})"
        return (mirrored, True) if mirrored < key else (key, False)

    def _form(self, chain: list[Link]) -> tuple[str, int]:
        """A scalar product of arrays, as `|u|` squared where it is `u'u`."""
        mirror = [self._flip(link) for link in reversed(chain)]
        if mirror == chain and len(chain) % 2 == 0:
            return f"|{_links(chain[len(chain) // 2 :])}|", 2
        return f"<{min(_links(chain), _links(mirror))}>", 1

    def _flip(self, link: Link) -> Link:
        return link if link[0] in self._symmetric else (link[0], not link[1])

    def _transposed(self, linear: Linear) -> Linear:
        return {
            (factors, tuple(self._flip(link) for link in reversed(chain))): c
            for (factors, chain), c in linear.items()
        }

    def _cyclic(self, linear: Linear) -> Linear:
        """A trace sees neither where its product begins nor a transposition of the whole."""
        turned: Linear = {}
        for (factors, chain), c in linear.items():
            mirror = tuple(self._flip(link) for link in reversed(chain))
            first = min((x[k:] + x[:k] for x in (chain, mirror) for k in range(len(x))), default=chain)
            turned[factors, first] = turned.get((factors, first), 0) + c
        return turned

    # --- everything else -------------------------------------------------------

    def _atom(self, term: Term, env: Env) -> str:
        found = self._atoms.get((term, env))
        if found is None:
            found = self._atoms[term, env] = self._describe(term, env)
        return found

    def _describe(self, term: Term, env: Env) -> str:
        op, args = term.op, term.args
        if op == "sym":
            for name, label in reversed(env):
                if name == term.data:
                    return label
            return str(term.data)
        if op in ("eq", "ne", "lt", "le", "gt", "ge"):
            return self._relation(term, env)
        if op == "not" and args[0].op == "not":
            return self.key(args[0].args[0], env)
        if op in _UNORDERED or op == "call" and term.data in ("max", "min"):
            words: set[str] = set()
            stack = list(args)
            while stack:
                arg = stack.pop()
                if arg.op == op != "iff" and arg.data == term.data:
                    stack.extend(arg.args)
                else:
                    words.add(self.key(arg, env))
            return f"{op}{term.data or ''}({', '.join(sorted(words))})"
        if op in ("theta", "little_o", "big_o"):
            inside = self._scopes(term, env)[0]
            bodies = [_text(_content(self.linear(arg, inside))[1]) for arg in args[:2]]
            return self._operator(term, env, ", ".join(bodies))
        if op in BINDERS:
            scopes = self._scopes(term, env)
            body = min(", ".join([self.key(a, s) for a in args[: BINDERS[op]]]) for s in scopes)
            return self._operator(term, env, body)
        return f"{op}{'' if term.data is None else term.data}({', '.join(self.key(a, env) for a in args)})"

    def _relation(self, term: Term, env: Env) -> str:
        """An equation or comparison as `difference = 0`, without a common factor."""
        left, right = term.args
        op = term.op
        if op in _MIRROR:
            op, left, right = _MIRROR[op], right, left
        if not isinstance(left.type, Scalar | Array):
            return f"{op}({', '.join(sorted((self.key(left, env), self.key(right, env))))})"
        difference = dict(self.linear(left, env))
        for m, c in self.linear(right, env).items():
            difference[m] = difference.get(m, 0) - c
        number, body = _content({m: c for m, c in difference.items() if c})
        if op in ("lt", "le") and number < 0:
            body = _scaled(body, -1)
        elif isinstance(left.type, Array):
            body = min(body, _content(self._transposed(body))[1], key=_text)
        return f"{op}({_text(body)})"

    def _operator(self, term: Term, env: Env, body: str) -> str:
        """An operator whose scoped arguments are written already."""
        op, scoped = term.op, BINDERS.get(term.op, 1)
        rest: list[str] = []
        if op in MULTI:
            groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
            for group, domain in zip(groups, term.args[scoped:], strict=True):
                rest.append(self.key(domain, env))
                env = (*env, *((name, f"#{len(env) + k}") for k, name in enumerate(group)))
        else:
            rest = [self.key(arg, env) for arg in term.args[scoped:]]
            if op == "index" and len(rest) == 2 and self.is_symmetric(term.args[0], env):
                rest.sort()
        data = term.data if op not in BINDERS and term.data is not None else ""
        return f"{op}{data}({'; '.join([body, *rest])})"

    @staticmethod
    def _scopes(term: Term, env: Env) -> list[Env]:
        """The scope of a binder's body: bound names become labels by their depth; two for an edge."""
        if term.op not in BINDERS:
            return [env]
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        orders = [[name for group in groups for name in group]]
        if any(domain.op == "edges" for domain in term.args[BINDERS[term.op] :]):
            orders.append([name for group in groups for name in reversed(group)])
        return [(*env, *((name, f"#{len(env) + k}") for k, name in enumerate(names))) for names in orders]
