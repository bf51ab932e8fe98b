"""What binds names: quantifiers, sums, integrals, limits, derivatives, arrays and functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from symproof.reading.elaborate import Elaborator, bare, kind_of, reads, unknown
from symproof.reading.entries import general_entry
from symproof.reading.tree import Clause, Node, TypeTree, Word, written_names
from symproof.reading.typeforms import domain_of, meaning
from symproof.terms.build import num, show_type, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Span, Term
from symproof.terms.types import INTEGER, REAL, Array, Domain, Function, Scalar, Type

Group = tuple[tuple[Word, ...], Term]  # names and the domain they range over together


# --- domains ----------------------------------------------------------------------------------


def domain(el: Elaborator, node: Node) -> Term:
    """The set that stands after `in` or `=`."""
    node = bare(node)
    if node.kind == "range":
        return el.make("range", *(el.value(item) for item in node.items), node=node)
    if node.kind == "interval":
        return el.make("interval", *(el.value(item) for item in node.items), data=node.value, node=node)
    if node.kind == "type":
        return plain_domain(el, node.value)
    if node.kind == "set":
        raise el.problem("type", "a set in braces can only follow `in` in a statement", node, expected="1..n")
    found = el.term(node)
    if not isinstance(found.type, Domain):
        raise el.problem("type", f"{kind_of(found)} is no set", node, expected="1..n, V(G) or E(G)")
    return found


def plain_domain(el: Elaborator, tree: TypeTree) -> Term:
    """All things of a type that says no more than the type."""
    found = meaning(el, tree)
    if tree.base == "index":
        assert found.low is not None and found.high is not None
        return el.make("range", found.low, found.high, node=_at(tree))
    if found.attributes or found.low is not None:
        word = "size" if tree.base == "size" else next(iter(sorted(found.attributes)))
        raise el.source.problem(
            "attribute", f"`{word}` cannot be said here", tree.start, tree.end, hint="say it as a condition"
        )
    return domain_of(found.type)


def _at(place: TypeTree | Clause | Word) -> Node:
    return Node("name", None, (), place.start, place.end)


def groups(el: Elaborator, clause: Clause) -> tuple[list[Group], list[tuple[Word, TypeTree]]]:
    """The names of a clause with their domains, and those whose type says more than the type."""
    found: list[Group] = []
    said: list[tuple[Word, TypeTree]] = []
    if clause.domain is not None:
        where = domain(el, clause.domain)
        kinds: tuple[Type, ...] = where.type.items  # type: ignore[union-attr]
        if clause.pair != (len(kinds) == 2):
            expected = "(u, v) in E(G)" if len(kinds) == 2 else "one name before `in`"
            raise el.problem("type", "the names do not fit the set", _at(clause), expected=expected)
        found = [(clause.names, where)] if clause.pair else [((name,), where) for name in clause.names]
    else:
        tree = clause.type
        assert tree is not None
        if tree.law is not None:
            raise el.problem("attribute", "a bound variable cannot be random", tree.law)
        if tree.base == "index" and not tree.adjectives:
            where = plain_domain(el, tree)
        else:
            where = domain_of(meaning(el, tree).type)
            if tree.adjectives or tree.base == "size":
                said = [(name, tree) for name in clause.names]
        found = [((name,), where) for name in clause.names]
    return found, said


@contextmanager
def bound(el: Elaborator, clauses: tuple[Clause, ...]) -> Iterator[tuple[list[Group], list[Term]]]:
    """The names of the clauses in scope, one clause after the other; gives domains and conditions."""
    found: list[Group] = []
    conditions: list[Term] = []
    with ExitStack() as stack:
        for clause in clauses:
            more, said = groups(el, clause)
            for names, where in more:
                _distinct(el, found, names)
                found.append((names, where))
                kinds: tuple[Type, ...] = where.type.items  # type: ignore[union-attr]
                types = {n.text: t for n, t in zip(names, kinds, strict=True)}
                stack.enter_context(el.binding(types, _at(names[0])))
            for name, tree in said:
                conditions.extend(_said(el, name, tree))
        yield found, conditions


def _distinct(el: Elaborator, found: list[Group], names: tuple[Word, ...]) -> None:
    taken = {n.text for group, _ in found for n in group}
    for name in names:
        if name.text in taken:
            raise el.problem("name-taken", f"`{name.text}` is bound twice", _at(name))
        taken.add(name.text)


def _said(el: Elaborator, name: Word, tree: TypeTree) -> Iterator[Term]:
    """What adjectives say of a bound name, as conditions."""
    node = _at(name)
    thing = sym(name.text, el.types[name.text], Span(name.start, name.end))
    if tree.base == "size":
        yield el.make("ge", thing, num(1), node=node)
    for word in tree.adjectives:
        if word.text in ("integer", "real", "complex"):
            continue
        if word.text == "symmetric":
            yield el.make("eq", el.make("transpose", thing, node=node), thing, node=node)
        elif word.text == "orthogonal":
            assert isinstance(thing.type, Array)
            gram = el.make("matmul", el.make("transpose", thing, node=node), thing, node=node)
            yield el.make("eq", gram, el.make("eye", thing.type.axes[0], node=node), node=node)
        elif word.text in ("psd", "differentiable"):
            yield el.make(word.text, thing, node=node)
        else:
            raise el.problem("attribute", f"a bound variable cannot be declared {word.text}", _at(word))


def names_of(found: list[Group]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(n.text for n in names) for names, _ in found)


@reads("range")
def _range(el: Elaborator, node: Node, want: Type | None) -> Term:
    return domain(el, node)


@reads("forall", "exists")
def _quantified(el: Elaborator, node: Node, want: Type | None) -> Term:
    clauses, written = node.value
    if node.kind == "forall" and node.start == node.items[0].start:
        _clear(el, node.items[0], {name.text for clause in clauses for name in clause.names})
    with bound(el, clauses) as (found, conditions):
        conditions = conditions + [el.statement(c) for c in written]
        body = el.statement(node.items[0])
    if conditions:
        condition = conditions[0] if len(conditions) == 1 else el.make("and", *conditions, node=node)
        body = el.make("implies" if node.kind == "forall" else "and", condition, body, node=node)
    return el.make(node.kind, body, *(where for _, where in found), data=names_of(found), node=node)


def _clear(el: Elaborator, body: Node, names: set[str]) -> None:
    """No part before `for` that it may not be meant for: `a = 0 iff x[i] = 0 for i in 1..n`."""
    if body.kind not in ("and", "iff", "implies"):
        return
    for part in body.items[1:] if body.kind == "implies" else body.items:
        if names.isdisjoint(written_names(part)):
            raise el.problem(
                "ambiguous",
                f"is `for {', '.join(sorted(names))} …` meant for this too?",
                part,
                hint="write (A and B) for …, or A and (B for …)",
            )


# --- forms whose last arguments bind --------------------------------------------------------------


def clause_of(node: Node) -> Clause | None:
    """`i = a..b`, `i in D`, `(u, v) in E(G)` or `x: T` as a clause."""
    if node.kind == "clause":
        clause: Clause = node.value
        return clause
    if node.kind == "chain" and len(node.items) == 2:
        left, right = node.items
        if node.value == ("in",) or (node.value == ("=",) and right.kind == "range"):
            pair = left.items if left.kind == "tuple" else (left,)
            if all(item.kind == "name" for item in pair):
                names = tuple(Word(item.value, item.start, item.end) for item in pair)
                return Clause(names, None, right, left.kind == "tuple", node.start, node.end)
    return None


def binder(op: str, el: Elaborator, node: Node, single: bool = False) -> Term:
    """`sum(body, i = 1..n, j in D)`, `sum(body for i in 1..n)` and the like."""
    if len(node.items) == 1 and node.items[0].kind == "forall" and not node.items[0].value[1]:
        return _over(op, el, node, node.items[0].items[0], node.items[0].value[0], single)
    clauses = []
    for item in node.items[1:]:
        clause = clause_of(item)
        if clause is None or item.items and item.kind == "clause":
            raise el.problem(
                "arguments",
                "this says no index and range",
                item,
                expected="i = 1..n, v in V(G) or (u, v) in E(G)",
            )
        clauses.append(clause)
    return _over(op, el, node, node.items[0], tuple(clauses), single)


def _over(
    op: str, el: Elaborator, node: Node, inner: Node, clauses: tuple[Clause, ...], single: bool
) -> Term:
    if single and (len(clauses) != 1 or len(clauses[0].names) > 1):
        raise el.problem("arguments", f"{node.value} takes one index", node)
    with bound(el, clauses) as (found, conditions):
        if conditions:
            raise el.problem("attribute", "conditions on an index cannot be said here", node)
        body = el.value(inner)
    return el.make(op, body, *(where for _, where in found), data=names_of(found), node=node)


def over_entries(op: str, el: Elaborator, node: Node) -> Term | None:
    """`sum(x)` for a vector x: over its entries."""
    if len(node.items) != 1:
        return None
    found = el.value(node.items[0])
    if not isinstance(found.type, Array) or len(found.type.axes) != 1:
        return None
    entry, [(name, where)] = general_entry(found)
    return el.make(op, entry, where, data=((name,),), node=node)


def lambda_(el: Elaborator, node: Node) -> Term:
    """fn(x: real, body)."""
    *params, body_node = node.items
    clauses = []
    for item in params:
        clause = clause_of(item)
        if clause is None or item.items and item.kind == "clause":
            raise el.problem("arguments", "this is no parameter", item, expected="fn(x: real, body)")
        clauses.append(clause)
    if not clauses:
        raise el.problem("arguments", "a function needs a parameter", node, expected="fn(x: real, body)")
    with bound(el, tuple(clauses)) as (found, conditions):
        if conditions:
            raise el.problem("attribute", "conditions on a parameter cannot be said here", node)
        body = el.value(body_node)
    return el.make("lambda", body, *(where for _, where in found), data=names_of(found), node=node)


def integral(el: Elaborator, node: Node) -> Term:
    """integral(body, x = a..b)."""
    clause = clause_of(node.items[1]) if len(node.items) == 2 else None
    if clause is None or clause.domain is None or clause.domain.kind != "range" or len(clause.names) != 1:
        raise el.problem("arguments", "this is no integral", node, expected="integral(body, x = a..b)")
    low, high = (el.value(item) for item in clause.domain.items)
    name = clause.names[0]
    with el.binding({name.text: REAL}, _at(name)):
        body = el.value(node.items[0])
    return el.make("integral", body, low, high, data=((name.text,),), node=node)


# --- limits and orders of growth ---------------------------------------------------------------------


def approach(el: Elaborator, arrow: Node, bodies: Sequence[Node]) -> tuple[str, Type, Term, Term]:
    """x -> a: the name, its type, the point and the side."""
    word, name, side = arrow.value
    declared = el.types.get(name.text)
    type: Type = Scalar(word) if word else REAL
    if isinstance(declared, Array):
        type = Array(declared.axes)
    if isinstance(declared, Scalar):
        if word and word != "integer" and word != declared.domain:
            raise el.problem("type", f"`{name.text}` is declared as {show_type(declared)}", _at(name))
        type = type if word else declared
    elif not word and declared is None and any(_indexes(body, name.text) for body in bodies):
        type = INTEGER
    point = el.value(arrow.items[0], type)
    if isinstance(point.type, Array) and declared is None:
        type = Array(point.type.axes)
    return name.text, type, point, num(side)


def _indexes(node: Node, name: str) -> bool:
    """Does the name occur in an index or a range?  The bounds of an integral are no range."""
    stack = [(node, False)]
    while stack:
        piece, inside = stack.pop()
        if piece.kind == "name" and piece.value == name and inside:
            return True
        if piece.kind == "call" and piece.value == "integral":
            ends = (end for clause in piece.items[1:] for item in clause.items for end in item.items)
            stack.extend((part, inside) for part in (*piece.items[:1], *ends))
            continue
        if piece.kind == "index":
            stack.append((piece.items[0], inside))
            stack.extend((item, True) for item in piece.items[1:])
        else:
            inside = inside or piece.kind == "range" or piece.value in ("factorial", "binomial")
            stack.extend((item, inside) for item in piece.items)
    return False


def limit(el: Elaborator, node: Node) -> Term:
    """limit(body, x -> a)."""
    if len(node.items) != 2 or node.items[1].kind != "arrow":
        raise el.problem("arguments", "this is no limit", node, expected="limit(body, x -> a)")
    name, type, point, side = approach(el, node.items[1], node.items[:1])
    with el.binding({name: type}, node.items[1]):
        body = el.value(node.items[0])
    return el.make("limit", body, point, side, data=((name,),), node=node)


@reads("order")
def _order(el: Elaborator, node: Node, want: Type | None) -> Term:
    letter, names = node.value
    if letter == "Θ":
        growing = tuple(n.text for n in names)
        for n in names:
            if el.types.get(n.text) != INTEGER:
                raise el.problem("type", f"`{n.text}` is no declared size", _at(n))
        f, g = (el.value(item) for item in node.items)
        if not growing:
            used = free_symbols(f) | free_symbols(g)
            growing = tuple(s for s in el.sizes if s in used)
        if not growing:
            raise el.problem("arguments", "nothing grows", node, expected="sizes, as in f = Theta(g) in n, d")
        return el.make("theta", f, g, data=(growing,), node=node)
    *bodies, arrow = node.items
    name, type, point, side = approach(el, arrow, bodies)
    if side.data != 0:
        raise el.problem("syntax", "an order of growth has no side", arrow)
    with el.binding({name: type}, arrow):
        f, g = (el.value(item) for item in bodies)
    return el.make("little_o" if letter == "o" else "big_o", f, g, point, data=((name,),), node=node)


# --- derivatives ---------------------------------------------------------------------------------------


def derivative(op: str, el: Elaborator, node: Node) -> Term:
    """`diff(body, x, k, at = p)`, `grad(body, x)` …: in the bound x, taken at the point p."""
    items = list(node.items)
    if op == "diff" and len(items) == 2 and items[1].kind == "index" and items[1].items[0].kind == "name":
        return _in_entry(el, node, items[0], items[1])
    point_node = None
    if items[-1].kind == "chain" and items[-1].value == ("=",) and items[-1].items[0].value == "at":
        point_node = items.pop().items[1]
    most = 3 if op == "diff" else 2
    if not 2 <= len(items) <= most or items[1].kind != "name":
        form = f"{op}(body, x{', k' if op == 'diff' else ''}), with a name for x"
        raise el.problem("arguments", f"this is no {op}", node, expected=form)
    variable = items[1]
    declared = el.type_of(variable.value, variable)
    if point_node is not None:
        point = el.value(point_node, declared)
    elif declared is None:
        raise unknown(el, variable, variable.value)
    else:
        point = sym(variable.value, declared, Span(variable.start, variable.end))
        if declared == INTEGER:
            raise el.problem(
                "type", f"`{variable.value}` is an integer", variable, expected="a real variable"
            )
    order = [el.value(items[2]) if len(items) == 3 else num(1)] if op == "diff" else []
    with el.binding({variable.value: smooth(point.type)}, variable):
        if items[0].kind == "name":  # grad(f, x): a defined f may have its type from here
            el.type_of(items[0].value, items[0], [smooth(point.type)])
        body = el.value(items[0])
        if isinstance(body.type, Function) and len(body.type.params) == 1:
            x = sym(variable.value, smooth(point.type))
            body = el.make("apply", body, x, node=items[0])
    return el.make(op, body, point, *order, data=((variable.value,),), node=node)


def _in_entry(el: Elaborator, node: Node, body: Node, variable: Node) -> Term:
    """`diff(body, x[i])`: the entry of the gradient in x."""
    array, *indices = variable.items
    declared = el.type_of(array.value, array)
    if not isinstance(declared, Array) or len(declared.axes) != len(indices):
        raise el.problem("type", f"`{array.value}` has no such entry", variable, expected="a real variable")
    whole = derivative("grad", el, Node("call", "grad", (body, array), node.start, node.end))
    return el.make("index", whole, *(el.value(index) for index in indices), node=node)


def smooth(type: Type) -> Type:
    """The type of a variable that takes a value of the given type: an integer is a real number."""
    if isinstance(type, Scalar):
        return type if type.domain == "complex" else REAL
    if isinstance(type, Array):
        return Array(type.axes, "complex" if type.domain == "complex" else "real", type.row)
    return type


@reads("derived")
def _derived(el: Elaborator, node: Node, want: Type | None) -> Term:
    """σ'(x): the derivative of a function of one number, at x; entry by entry for an array."""
    name, order = node.value
    if len(node.items) != 1:
        raise el.problem("arguments", "a derivative has one argument", node, expected=f"{name}'(x)")
    point = el.value(node.items[0])
    type = el.type_of(name, node, [REAL])
    if type is not None and not (isinstance(type, Function) and type.params == (REAL,)):
        raise el.problem("type", f"`{name}` is no function of one number", node, hint="write grad(f, x)")

    variable = "x" if name == "z" else "z"
    x = sym(variable, REAL)
    if type is not None:
        value = el.make("apply", sym(name, type), x, node=node)
    else:
        value = el.make("call", x, data=name, node=node)

    def at(where: Term) -> Term:
        return el.make("diff", value, where, num(order), data=((variable,),), node=node)

    return entrywise(el, point, at, node) if isinstance(point.type, Array) else at(point)


def entrywise(el: Elaborator, array: Term, of: Callable[[Term], Term], node: Node) -> Term:
    """The array of what `of` gives for each entry."""
    entry, indices = general_entry(array)
    names = tuple((name,) for name, _ in indices)
    found = el.make("array", of(entry), *(where for _, where in indices), data=names, node=node)
    row = isinstance(array.type, Array) and array.type.row
    return el.make("transpose", found, node=node) if row else found
