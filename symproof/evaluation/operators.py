"""The value of each operator on numbers, arrays, graphs and finite ranges."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from symproof.evaluation import linear
from symproof.evaluation.arithmetic import Arithmetic, Beyond, Number, Undefined, Unknown
from symproof.evaluation.compiler import Averaging, Compiler, Env, FiniteGraph, Run, Value, builds
from symproof.evaluation.expansion import Expansion
from symproof.evaluation.linear import Tensor
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Array, Scalar, Sequence, Type, Vertex

# --- numbers -------------------------------------------------------------------


@builds("num")
def _(C: Compiler, term: Term) -> Run:
    value = C.A.number(term.data)
    return lambda env: value


@builds("const")
def _(C: Compiler, term: Term) -> Run:
    name = str(term.data)
    return lambda env: C.A.constant(name)


@builds("sym")
def _(C: Compiler, term: Term) -> Run:
    name = str(term.data)
    if name in C.bound:
        return itemgetter(name)
    bound = C.bound

    def read(env: Env) -> Value:
        found = env.get(name)
        return found if found is not None else env[""].read(name, bound)

    return read


@builds("add")
def _(C: Compiler, term: Term) -> Run:
    first, *rest = C.runs(term.args)
    if len(rest) == 1:
        second = rest[0]
        return lambda env: first(env) + second(env)

    def run(env: Env) -> Value:
        total = first(env)
        for part in rest:
            total = total + part(env)
        return total

    return run


@builds("mul")
def _(C: Compiler, term: Term) -> Run:
    first, *rest = C.runs(term.args)
    bounded = C.A.bounded

    def run(env: Env) -> Value:
        total = first(env)
        for part in rest:
            total = bounded(total * part(env))
        return total

    return run


@builds("neg")
def _(C: Compiler, term: Term) -> Run:
    inner = C.run(term.args[0])
    return lambda env: -inner(env)


@builds("div")
def _(C: Compiler, term: Term) -> Run:
    top, below = C.run(term.args[0]), C.run(term.args[1])
    divide = C.A.divide
    if isinstance(term.type, Array):

        def entrywise(env: Env) -> Tensor:
            value, by = top(env), below(env)
            divide(C.A.one, by)  # undefined also for an array without entries
            return value.map(lambda x: divide(x, by))  # type: ignore[no-any-return]

        return entrywise
    return lambda env: divide(top(env), below(env))


def _is_norm(term: Term) -> bool:
    if term.op not in ("norm", "fronorm"):
        return False
    shape = term.args[0].type
    return isinstance(shape, Array) and shape.domain != "complex"


@builds("pow")
def _(C: Compiler, term: Term) -> Run:
    if term.type == Scalar("complex"):
        base = C.run(term.args[0])
        exponent = C.run(term.args[1])
        return lambda env: C.A.power(C.A.complex(base(env)), exponent(env))
    power, even = C.A.power, term.args[1]
    if _is_norm(term.args[0]) and even.op == "num" and even.data in (2, 4, 6):
        inner, half = C.run(term.args[0].args[0]), C.A.number(even.data / 2)
        return lambda env: power(linear.square(C.A, inner(env)), half)  # no root is taken
    base, exponent = C.runs(term.args)
    return lambda env: power(base(env), exponent(env))


@builds("call")
def _(C: Compiler, term: Term) -> Run:
    name = str(term.data)
    args = [C.real(arg) for arg in term.args]
    call = C.A.call
    if isinstance(term.type, Array):
        inner = args[0]
        wide = term.args[0].type.domain == "complex"  # type: ignore[union-attr]
        as_is = C.A.complex if wide else lambda x: x
        return lambda env: inner(env).map(lambda x: call(name, as_is(x)))
    if len(args) == 1:
        (only,) = args
        return lambda env: call(name, only(env))
    return lambda env: call(name, *(arg(env) for arg in args))


@builds("apply")
def _(C: Compiler, term: Term) -> Run:
    function, *args = C.runs(term.args)
    parameters = term.args[0].type.params  # type: ignore[union-attr]
    names = frozenset().union(*map(free_symbols, term.args[1:]))
    handed = not names.isdisjoint(C.params)

    def called(env: Env) -> Callable[..., Value]:
        found: Callable[..., Value] = function(env)
        if isinstance(found, Averaging) and not handed and not env[""].varies(names):
            return found.at
        return found

    if len(args) == 1 and isinstance(term.args[1].type, Array) and isinstance(parameters[0], Scalar):
        return lambda env: args[0](env).map(called(env))

    def run(env: Env) -> Value:
        C.A.spend()
        return called(env)(*(arg(env) for arg in args))

    return run


@builds("lambda")
def _(C: Compiler, term: Term) -> Run:
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    names = tuple(name for group in groups for name in group)
    body = C.under(names, term.args[0], params=True)

    def run(env: Env) -> Value:
        captured = dict(env)
        return lambda *values: body({**captured, **dict(zip(names, values, strict=True))})

    return run


@builds("cases")
def _(C: Compiler, term: Term) -> Run:
    runs = C.runs(term.args)
    pairs, otherwise = list(zip(runs[:-1:2], runs[1:-1:2], strict=True)), runs[-1]

    def run(env: Env) -> Value:
        for condition, value in pairs:
            if condition(env):
                return value(env)
        return otherwise(env)

    return run


@builds("bracket")
def _(C: Compiler, term: Term) -> Run:
    inner, A = C.run(term.args[0]), C.A
    return lambda env: A.one if inner(env) else A.zero


# --- arrays --------------------------------------------------------------------


@builds("index")
def _(C: Compiler, term: Term) -> Run:
    base, A = C.run(term.args[0]), C.A
    steps: list[tuple[bool, Run]] = []
    found: Type = term.args[0].type
    for arg in term.args[1:]:
        inner = C.run(arg)
        if isinstance(found, Sequence):
            steps.append((True, _as_place(A, inner)))
            found = found.item
        else:
            steps.append((False, inner if isinstance(arg.type, Vertex) else _as_integer(A, inner)))
            assert isinstance(found, Array)
            found = Array(found.axes[1:], found.domain) if found.axes[1:] else Scalar(found.domain)

    def run(env: Env) -> Value:
        value = base(env)
        for is_sequence, at in steps:
            value = value(at(env)) if is_sequence else value.pick(at(env))
        return value

    return run


def _as_place(A: Arithmetic, inner: Run) -> Run:
    """A place of a sequence, which may be a large one."""

    def run(env: Env) -> Any:
        place = inner(env)
        return place if isinstance(place, Beyond) and place.sense > 0 else A.integer(place)

    return run


def _as_integer(A: Arithmetic, inner: Run) -> Run:
    return lambda env: A.integer(inner(env))


@builds("array")
def _(C: Compiler, term: Term) -> Run:
    shape, points, body = C.shape(term.args[1:]), C.points(term), C.body(term)

    def run(env: Env) -> Tensor:
        starts, sizes = shape(env)
        return Tensor(starts, sizes, [body(inner) for inner in points(env)])

    return run


@builds("entries")
def _(C: Compiler, term: Term) -> Run:
    runs = C.runs(term.args)

    def run(env: Env) -> Tensor:
        parts = [part(env) for part in runs]
        if not isinstance(parts[0], Tensor):
            return Tensor((1,), (len(parts),), parts)
        cells = [x for part in parts for x in part.cells]
        return Tensor((1, *parts[0].starts), (len(parts), *parts[0].shape), cells)

    return run


@builds("eye", "ones", "zeros")
def _(C: Compiler, term: Term) -> Run:
    shape, A, op = C.shape(term.type.axes), C.A, term.op  # type: ignore[union-attr]

    def run(env: Env) -> Tensor:
        starts, sizes = shape(env)
        if op == "eye":
            return linear.identity(A, starts, sizes[0])
        return Tensor.filled(A, starts, sizes, A.one if op == "ones" else A.zero)

    return run


@builds(*linear.OPERATIONS)
def _(C: Compiler, term: Term) -> Run:
    """Operations that need the values of their arguments and nothing else."""
    operation, runs, A = linear.OPERATIONS[term.op], C.runs(term.args), C.A
    return lambda env: operation(A, term, *(run(env) for run in runs))


# --- graphs --------------------------------------------------------------------


@builds("adjacency", "degree_matrix")
def _(C: Compiler, term: Term) -> Run:
    graph, number, adjacency = C.run(term.args[0]), C.A.number, term.op == "adjacency"

    def run(env: Env) -> Tensor:
        G: FiniteGraph = graph(env)
        entry = G.joined if adjacency else lambda u, v: G.degree(u) if u == v else 0
        C.A.spend(G.n * G.n)
        return Tensor((0, 0), (G.n, G.n), [number(int(entry(u, v))) for u in range(G.n) for v in range(G.n)])

    return run


@builds("degree")
def _(C: Compiler, term: Term) -> Run:
    graph, vertex = C.runs(term.args)
    return lambda env: C.A.number(graph(env).degree(vertex(env)))


@builds("components")
def _(C: Compiler, term: Term) -> Run:
    graph = C.run(term.args[0])
    return lambda env: C.A.number(len(set(graph(env).spread())))


@builds("cardinality")
def _(C: Compiler, term: Term) -> Run:
    if term.args[0].op == "range":
        axis = C.axis(term.args[0])
        return lambda env: C.A.number(axis(env)[1])
    items = C.domain(term.args[0])
    return lambda env: C.A.number(len(list(items(env))))


# --- sums, products, extremes --------------------------------------------------


def _counts(term: Term) -> bool:
    """Does a sum over ranges add the same number each time?"""
    bound = frozenset(bound_names(term))
    return all(d.op == "range" for d in term.args[1:]) and not any(free_symbols(a) & bound for a in term.args)


def _multiple(C: Compiler, term: Term) -> Run:
    """So many times a number; a range may also grow beyond all bounds."""
    A, body, ends = C.A, C.body(term), [C.runs(domain.args) for domain in term.args[1:]]

    def length(low: Number, high: Number) -> Number:
        if isinstance(low, Expansion) or isinstance(high, Expansion):
            found = high - low + A.one
            if isinstance(found, Expansion) and found.strip().low < 0:
                return found if A.sign(found) > 0 else A.zero
            raise Unknown("a range whose end moves and does not grow")
        return A.number(max(0, A.integer(high) - A.integer(low) + 1))

    def run(env: Env) -> Number:
        total = A.one
        for low, high in ends:
            total = A.bounded(total * length(low(env), high(env)))
            if not isinstance(total, Expansion) and A.vanishes(total):
                return A.zero
        return A.bounded(total * body(env))

    return run


@builds("sum", "product")
def _(C: Compiler, term: Term) -> Run:
    if term.op == "sum" and isinstance(term.type, Scalar) and _counts(term):
        return _multiple(C, term)
    points, body, A, plus = C.points(term), C.body(term), C.A, term.op == "sum"
    shape = C.shape(term.type.axes) if isinstance(term.type, Array) else None
    if shape and not plus:
        return C.refuse("a product of arrays")

    def run(env: Env) -> Value:
        total: Value = None
        for inner in points(env):
            value = body(inner)
            if total is None:
                total = value
            else:
                total = A.bounded(total + value if plus else total * value)
        if total is not None:
            return total
        if shape:
            return Tensor.filled(A, *shape(env), A.zero)
        return A.zero if plus else A.one

    return run


@builds("maximum", "minimum")
def _(C: Compiler, term: Term) -> Run:
    points, body = C.points(term), C.body(term)
    name = "max" if term.op == "maximum" else "min"

    def run(env: Env) -> Number:
        values = [body(inner) for inner in points(env)]
        if not values:
            raise Undefined("the extreme of nothing")
        return C.A.call(name, *values)

    return run


@builds("argmax", "argmin")
def _(C: Compiler, term: Term) -> Run:
    """The one place of the extreme; several such places cannot be told apart."""
    points, body, A = C.points(term), C.body(term), C.A
    if len(term.data) != 1 or len(term.data[0]) != 1:  # type: ignore[arg-type, index]
        return C.refuse(f"{term.op} over several names")
    name, want = term.data[0][0], 1 if term.op == "argmax" else -1  # type: ignore[index]

    def run(env: Env) -> Value:
        best: list[tuple[Value, Number]] = []
        for inner in points(env):
            value = body(inner)
            order = A.sign(value - best[0][1]) * want if best else 1
            if order > 0:
                best = []
            if order >= 0:
                best.append((inner[name], value))
        if not best:
            raise Undefined("the extreme of nothing")
        if len(best) > 1:
            raise Unknown("several places of the extreme")
        return best[0][0]

    return run
