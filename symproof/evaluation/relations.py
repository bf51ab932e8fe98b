"""Derivatives, integrals, limits, expectations, and the truth of statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.evaluation import calculus, chance, linear
from symproof.evaluation.arithmetic import Arithmetic, Beyond, Number, Undefined, Unknown
from symproof.evaluation.compiler import Compiler, Env, Run, Value, builds, same
from symproof.evaluation.laws import source
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Scalar

# --- calculus ------------------------------------------------------------------


@builds("diff")
def _(C: Compiler, term: Term) -> Run:
    (name,), A = term.data[0], C.A  # type: ignore[index]
    body, at, order = C.under((name,), term.args[0]), C.run(term.args[1]), C.run(term.args[2])

    def run(env: Env) -> Value:
        point = at(env)
        return calculus.derivative(A, lambda t: body({**env, name: point + t}), A.integer(order(env)))

    return run


@builds("grad", "jacobian", "hessian")
def _(C: Compiler, term: Term) -> Run:
    (name,), A = term.data[0], C.A  # type: ignore[index]
    body, at = C.under((name,), term.args[0]), C.run(term.args[1])
    operators = {"grad": calculus.gradient, "jacobian": calculus.jacobian, "hessian": calculus.hessian}
    operator = operators[term.op]
    return lambda env: operator(A, lambda point: body({**env, name: point}), at(env))


@builds("integral")
def _(C: Compiler, term: Term) -> Run:
    (name,), A = term.data[0], C.A  # type: ignore[index]
    body, low, high = C.under((name,), term.args[0]), C.run(term.args[1]), C.run(term.args[2])
    if term.type == Scalar("complex"):
        return C.refuse("an integral of a complex function")
    return lambda env: calculus.integral(A, lambda x: body({**env, name: x}), low(env), high(env))


@builds("limit")
def _(C: Compiler, term: Term) -> Run:
    approach = _approach(C, term.args[1], term.args[2])
    (name,) = term.data[0]  # type: ignore[index]
    body = C.under((name,), term.args[0])
    places = any(t.op == "sym" and t.data == name and t.type == INTEGER for t in term.args[0].walk())

    def run(env: Env) -> Value:
        point, side = approach(env)
        if places and point is None and side > 0:
            try:  # a sequence that is constant from some place on
                value = body({**env, name: Beyond(0)})
            except Unknown:
                value = None
            if value is not None and not isinstance(value, Beyond):
                return value
        return calculus.limit(C.A, lambda x: body({**env, name: x}), point, side)

    return run


@builds("little_o")
def _(C: Compiler, term: Term) -> Run:
    """f = o(g): f/g -> 0."""
    if len(term.data) != 1 or len(term.data[0]) != 1 or not isinstance(term.args[0].type, Scalar):  # type: ignore[arg-type, index]
        return C.refuse("little o in several names")
    (name,) = term.data[0]  # type: ignore[index]
    f, g = (C.under((name,), arg) for arg in term.args[:2])
    approach = _approach(C, term.args[2], None)

    def run(env: Env) -> bool:
        def ratio(x: Number) -> Number:
            inner = {**env, name: x}
            return C.A.divide(f(inner), g(inner))

        def compared(x: Number) -> Number:
            try:
                return ratio(x)
            except Undefined:  # of vectors o means |f| <= c |g| near the point, which holds where both are 0
                raise Unknown("a comparison with what is 0") from None

        point, side = approach(env)
        if isinstance(point, linear.Tensor):
            return _small_along_lines(C.A, compared, point)
        try:
            return C.A.sign(calculus.limit(C.A, ratio, point, side)) == 0
        except Undefined:
            return False

    return run


def _small_along_lines(A: Arithmetic, ratio: Callable[[linear.Tensor], Number], point: linear.Tensor) -> bool:
    """Does the ratio tend to 0 at the point?  Not if it does not along a line; one axis has no other."""
    size = len(point.cells)
    for k in range(size + 1):
        line = [A.one if j == k or k == size else A.zero for j in range(size)]
        for way in (A.one, -A.one):
            moved = [way * x for x in line]

            def along(t: Number, moved: list[Number] = moved) -> Number:
                return ratio(point + linear.Tensor(point.starts, point.shape, [t * x for x in moved]))

            try:
                if A.sign(calculus.limit(A, along, A.zero, 1)) != 0:
                    return False
            except Undefined:
                return False
    if size > 1:
        raise Unknown("a limit in more than one variable")
    return True


def _approach(C: Compiler, point: Term, side: Term | None) -> Callable[[Env], tuple[Number | None, int]]:
    """The point of a limit (None for an infinite one) and the side or the sign of infinity."""
    if point.op == "const" and point.data == "oo":
        return lambda env: (None, 1)
    if point.op == "neg" and point.args[0].data == "oo":
        return lambda env: (None, -1)
    at, way = C.run(point), C.run(side) if side is not None else None
    return lambda env: (at(env), C.A.integer(way(env)) if way else 0)


# --- random variables ----------------------------------------------------------


@builds("expect", "variance", "covariance", "probability")
def _(C: Compiler, term: Term) -> Run:
    if any(free_symbols(arg) & C.params for arg in term.args):
        return C.refuse("an expectation of a parameter")  # a parameter is a value, no random variable
    runs, A = C.runs(term.args), C.A
    op = term.op

    def mean(env: Env, value: Run) -> Value:
        return chance.expectation(A, value, env)

    if op == "expect":
        return lambda env: mean(env, runs[0])
    if op == "probability":
        return lambda env: mean(env, lambda inner: A.one if runs[0](inner) else A.zero)
    if op == "variance":
        return lambda env: chance.variance(A, runs[0], env)
    return lambda env: chance.covariance(A, runs[0], runs[1], env)


# --- statements ----------------------------------------------------------------


@builds("true", "false")
def _(C: Compiler, term: Term) -> Run:
    return lambda env: term.op == "true"


@builds("eq", "ne")
def _(C: Compiler, term: Term) -> Run:
    left, right = C.runs(term.args)
    A, want = C.A, term.op == "eq"
    return lambda env: same(A, left(env), right(env)) is want


@builds("lt", "le", "gt", "ge")
def _(C: Compiler, term: Term) -> Run:
    left, right = C.runs(term.args)
    if term.op in ("gt", "ge"):
        left, right = right, left
    sign, strict = C.A.sign, term.op in ("lt", "gt")

    def run(env: Env) -> bool:
        order = sign(left(env) - right(env))
        return order < 0 or (order == 0 and not strict)

    return run


def _until(values: Iterator[tuple[Run, Env]], stop: bool) -> bool:
    """Kleene's connectives: `stop` as soon as one is, the opposite when all are, else unknown."""
    unsure: Exception | None = None
    for run, env in values:
        try:
            if bool(run(env)) is stop:
                return stop
        except (Undefined, Unknown) as error:
            unsure = error
    if unsure is not None:
        raise unsure
    return not stop


@builds("and", "or", "implies")
def _(C: Compiler, term: Term) -> Run:
    runs = C.runs(term.args)
    if term.op == "implies":
        premise = runs[0]
        runs = [lambda env: not premise(env), *runs[1:]]
    stop = term.op != "and"
    return lambda env: _until(((run, env) for run in runs), stop)


@builds("not")
def _(C: Compiler, term: Term) -> Run:
    inner = C.run(term.args[0])
    return lambda env: not inner(env)


@builds("iff")
def _(C: Compiler, term: Term) -> Run:
    left, right = C.runs(term.args)
    return lambda env: left(env) is right(env)


@builds("forall", "exists")
def _(C: Compiler, term: Term) -> Run:
    points, body, stop = C.points(term), C.body(term), term.op == "exists"
    return lambda env: _until(((body, inner) for inner in points(env)), stop)


@builds("in")
def _(C: Compiler, term: Term) -> Run:
    item, domain, A = C.run(term.args[0]), term.args[1], C.A
    if domain.op == "interval":
        low, high = C.runs(domain.args)
        brackets = str(domain.data)

        def inside(env: Env) -> bool:
            x = item(env)
            gaps = A.sign(x - low(env)), A.sign(high(env) - x)
            return all(gap > 0 or (gap == 0 and end in "[]") for gap, end in zip(gaps, brackets, strict=True))

        return inside
    if domain.op != "range":
        return C.refuse(f"membership in {domain.op}")
    axis = C.axis(domain)

    def counted(env: Env) -> bool:
        start, size = axis(env)
        try:
            return start <= A.integer(item(env)) < start + size
        except Undefined:  # a number, but no integer
            return False

    return counted


@builds("psd")
def _(C: Compiler, term: Term) -> Run:
    inner = C.run(term.args[0])

    def run(env: Env) -> bool:
        x = inner(env)
        if not same(C.A, x, linear.OPERATIONS["transpose"](C.A, term, x)):
            raise Unknown("the sign of a form whose matrix is not symmetric")
        return linear.positive_semidefinite(C.A, x)

    return run


@builds("integrable")
def _(C: Compiler, term: Term) -> Run:
    """What has an expectation that can be computed here is bounded, or has all moments."""
    runs = C.runs(term.args)

    def run(env: Env) -> bool:
        for part in runs:
            chance.expectation(C.A, part, env)
        return True

    return run


@builds("independent")
def _(C: Compiler, term: Term) -> Run:
    """Terms in different symbols that are drawn from data or a law: these are drawn independently."""
    groups = [free_symbols(arg) for arg in term.args]

    def run(env: Env) -> bool:
        world = env[""]
        if not all(world.is_source(name) for group in groups for name in group):
            raise Unknown("independence")
        sources = [{source(world.raw.get(name), name) for name in group} for group in groups]
        if sum(map(len, sources)) != len(set().union(*sources)):
            raise Unknown("independence")
        return True

    return run
