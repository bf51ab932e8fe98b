"""Random well-typed terms, for properties that hold of every term."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from symproof.reading.inline import Scope, read_scope
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import COMPLEX, INTEGER, REAL, Array, Function, Sequence, Type, Vertex

LET = (
    "n: size", "m: size", "a: real", "b: real", "β: real", "k: integer", "z: complex",
    "x: vector(n)", "y: vector(n)", "w: vector(m)", "A: matrix(m, n)", "S: matrix(n, n)",
    "f: function", "q: function(real, real) -> real", "L: function(vector(n)) -> real",
    "M: function(vector(n)) -> vector(m)", "s: sequence of real", "h: sequence of vector(n)",
    "φ: sequence of function", "G: graph", "X: vector(V(G))", "v0: vertex(G)", "r: random real",
)  # fmt: skip
N, M = sym("n", INTEGER), sym("m", INTEGER)
ROWS, COLS = make("range", num(1), M), make("range", num(1), N)
GRAPH = sym("G", read_scope(["G: graph"]).types["G"])
VERTICES = make("vertices", GRAPH)


def scope() -> Scope:
    return read_scope(LET)


class Grower:
    """Grows a term of a wanted type, at most `depth` deep."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.bound: list[tuple[str, Type]] = []

    def pick(self, *choices: object) -> object:
        return self.random.choice(choices)

    def fresh(self) -> str:
        return str(self.pick("i", "j", "t", "u", "x1", "y_2", "γ", "a", "o", "i0"))

    def known(self, type: Type) -> list[Term]:
        shadowed: dict[str, Type] = {}
        for name, kind in self.bound:
            shadowed[name] = kind
        return [sym(name, kind) for name, kind in shadowed.items() if kind == type]

    def free(self, name: str) -> bool:
        return all(name != bound for bound, _ in self.bound)

    def symbol(self, name: str, type: Type) -> Term | None:
        return sym(name, type) if self.free(name) else None

    # --- numbers ---------------------------------------------------------------------

    def integer(self, depth: int) -> Term:
        known = self.known(INTEGER)
        if known and self.random.random() < 0.4:
            return self.random.choice(known)
        if depth <= 0 or self.random.random() < 0.3:
            return (
                self.symbol("k", INTEGER)
                if self.random.random() < 0.5 and self.free("k")
                else num(self.random.randint(-3, 5))
            )
        kind = self.pick(
            "add", "mul", "neg", "call", "factorial", "mod", "card", "degree", "bracket", "rank", "sum"
        )
        one, two = self.integer(depth - 1), self.integer(depth - 1)
        if kind == "add":
            return make("add", one, two)
        if kind == "mul":
            return make("mul", one, two)
        if kind == "neg":
            return make("neg", one)
        if kind == "call":
            return make("call", self.real(depth - 1), data=self.pick("floor", "ceil", "sign"))
        if kind == "factorial":
            return make("call", one, data="factorial")
        if kind == "mod":
            return make("call", one, two, data=self.pick("mod", "binomial", "max"))
        if kind == "card":
            return make("cardinality", self.pick(VERTICES, make("edges", GRAPH), make("range", one, two)))
        if kind == "degree":
            return make("degree", GRAPH, self.vertex())
        if kind == "bracket":
            return make("bracket", self.statement(depth - 1))
        if kind == "rank":
            return make("rank", self.matrix(ROWS, COLS, depth - 1))
        return self.over(self.pick("sum", "product", "maximum"), depth, self.integer)

    def vertex(self) -> Term:
        known = self.known(Vertex(GRAPH))
        return self.random.choice(known) if known else sym("v0", Vertex(GRAPH))

    def leaf(self) -> Term:
        known = [*self.known(REAL), *self.known(INTEGER)]
        if known and self.random.random() < 0.5:
            return self.random.choice(known)
        names = [sym(name, REAL) for name in ("a", "b", "β", "r") if self.free(name)]
        return self.random.choice(
            [
                *names,
                num(self.random.randint(-2, 3)),
                num(Fraction(self.random.randint(-3, 3), 2)),
                make("const", data=self.pick("pi", "e")),
            ]
        )

    def scalar(self, depth: int) -> Term:
        if self.random.random() < 0.05:
            return self.random.choice(
                [sym("z", COMPLEX) if self.free("z") else num(1), make("const", data="i")]
            )
        return self.real(depth)

    def real(self, depth: int) -> Term:
        if depth <= 0 or self.random.random() < 0.1:
            return self.leaf()
        d = depth - 1
        kind = self.random.randrange(34)
        if kind <= 3:
            return make("add", *(self.real(d) for _ in range(self.random.randint(2, 4))))
        if kind <= 6:
            return make("mul", *(self.real(d) for _ in range(self.random.randint(2, 4))))
        if kind <= 8:
            return make("div", self.real(d), self.real(d))
        if kind <= 10:
            return make("pow", self.real(d), self.real(d))
        if kind == 11:
            return make("neg", self.real(d))
        if kind == 12:
            return make(
                "call", self.real(d), data=self.pick("exp", "log", "abs", "sqrt", "tanh", "gamma", "sigmoid")
            )
        if kind == 13:
            return make(
                "call",
                *(self.real(d) for _ in range(self.random.randint(2, 3))),
                data=self.pick("max", "min"),
            )
        if kind == 14 and self.free("f"):
            return make("apply", sym("f", Function((REAL,), REAL)), self.real(d))
        if kind == 15 and self.free("q"):
            return make("apply", sym("q", Function((REAL, REAL), REAL)), self.real(d), self.real(d))
        if kind == 16:
            return make("apply", sym("L", Function((Array((COLS,)),), REAL)), self.vector(COLS, d))
        if kind == 17:
            return make("index", sym("s", Sequence(REAL)), self.integer(d))
        if kind == 18:
            return self.inner(d)
        if kind == 19:
            return make("norm", self.vector(COLS, d))
        if kind == 20:
            return make(self.pick("trace", "det", "lambda_max"), self.matrix(COLS, COLS, d))
        if kind == 21:
            return make(self.pick("opnorm", "fronorm"), self.matrix(ROWS, COLS, d))
        if kind == 22:
            return self.over(self.pick("sum", "maximum", "minimum", "product"), depth, self.real)
        if kind == 23:
            return self.calculus(d)
        if kind == 24:
            return make("cases", self.statement(d), self.real(d), self.real(d))
        if kind == 25:
            return make(self.pick("expect", "variance"), self.real(d))
        if kind == 26:
            return make("covariance", self.real(d), self.real(d))
        if kind == 27:
            return make("probability", self.statement(d))
        if kind == 28:
            return make("index", self.vector(VERTICES, d), self.vertex())
        if kind == 29:
            return make("dot", self.vector(COLS, d), self.vector(COLS, d))
        if kind == 30:
            function = make("index", sym("φ", Sequence(Function((REAL,), REAL))), self.integer(d))
            return make("apply", function, self.real(d))
        if kind == 31:
            name = self.fresh()
            body = self.under({name: REAL}, self.real, d)
            return make(
                "apply", make("lambda", body, make("numbers", data="real"), data=((name,),)), self.real(d)
            )
        return self.integer(d)

    def inner(self, depth: int) -> Term:
        left = make("transpose", self.vector(COLS, depth))
        if self.random.random() < 0.5:
            left = make("matmul", left, self.matrix(COLS, COLS, depth))
        return make("matmul", left, self.vector(COLS, depth))

    def under(self, names: dict[str, Type], grow: object, depth: int) -> Term:
        self.bound += names.items()
        try:
            return grow(depth)  # type: ignore[operator]
        finally:
            del self.bound[len(self.bound) - len(names) :]

    def domain(self, depth: int) -> tuple[tuple[str, ...], Term]:
        one, two = self.fresh(), self.fresh()
        if self.random.random() < 0.6 or one == two:
            return (one,), make("range", self.integer(depth - 2), self.integer(depth - 2))
        return self.random.choice([((one,), VERTICES), ((one, two), make("edges", GRAPH))])

    def over(self, op: object, depth: int, grow: object) -> Term:
        names, domain = self.domain(depth)
        types = dict(zip(names, domain.type.items, strict=True))  # type: ignore[union-attr]
        return make(str(op), self.under(types, grow, depth - 1), domain, data=(names,))

    def calculus(self, depth: int) -> Term:
        name = self.fresh()
        kind = self.pick("diff", "at", "prime", "integral", "limit", "sequence")
        if kind == "diff" and self.free("a"):
            return make(
                "diff", self.under({"a": REAL}, self.real, depth), sym("a", REAL), num(1), data=(("a",),)
            )
        if kind == "prime":
            value = (
                make("apply", sym("f", Function((REAL,), REAL)), sym("z", REAL)) if self.free("f") else num(1)
            )
            return make("diff", value, self.real(depth), num(self.random.randint(1, 4)), data=(("z",),))
        if kind == "integral":
            body = self.under({name: REAL}, self.real, depth)
            return make("integral", body, self.real(depth), self.real(depth), data=((name,),))
        if kind == "limit":
            if name == "a":
                name = "t"
            body = self.under({name: REAL}, self.real, depth)
            return make("limit", body, self.real(depth), num(self.random.randint(-1, 1)), data=((name,),))
        if kind == "sequence":
            entry = self.under({"t": INTEGER}, self.real, depth)
            body = make("add", make("index", sym("s", Sequence(REAL)), sym("t", INTEGER)), entry)
            return make("limit", body, make("const", data="oo"), num(0), data=(("t",),))
        body = self.under({name: REAL}, self.real, depth)
        return make("diff", body, self.real(depth), num(self.random.randint(1, 3)), data=((name,),))

    # --- arrays ----------------------------------------------------------------------

    def vector(self, axis: Term, depth: int) -> Term:
        names = {COLS: ("x", "y"), ROWS: ("w",), VERTICES: ("X",)}[axis]
        if depth <= 0 or self.random.random() < 0.3:
            return sym(str(self.pick(*names)), Array((axis,)))
        d = depth - 1
        kind = self.random.randrange(14)
        if kind <= 1:
            return make("add", self.vector(axis, d), self.vector(axis, d))
        if kind == 2:
            return make("neg", self.vector(axis, d))
        if kind <= 4:
            return make("scale", self.real(d), self.vector(axis, d))
        if kind == 5:
            return make("div", self.vector(axis, d), self.real(d))
        if kind <= 7 and axis != VERTICES:
            return make("matmul", self.matrix(axis, COLS, d), self.vector(COLS, d))
        if kind == 8:
            return make("hadamard", self.vector(axis, d), self.vector(axis, d))
        if kind == 9:
            return make("call", self.vector(axis, d), data=self.pick("exp", "abs", "tanh"))
        if kind == 10:
            return make(self.pick("ones", "zeros"), axis)
        if kind == 11:
            name = self.fresh()
            body = self.under({name: axis.type.items[0]}, self.real, d)  # type: ignore[union-attr]
            return make("array", body, axis, data=((name,),))
        if kind == 12 and axis == COLS:
            return make("index", sym("h", Sequence(Array((COLS,)))), self.integer(d))
        if kind == 13 and axis == COLS:
            name = str(self.pick("x", "y", "p"))
            body = self.under({name: Array((COLS,))}, self.real, d)
            return make("grad", body, self.vector(COLS, d), data=((name,),))
        return make("transpose", make("transpose", self.vector(axis, d)))

    def matrix(self, rows: Term, cols: Term, depth: int) -> Term:
        d = depth - 1
        if depth <= 0 or self.random.random() < 0.2:
            if rows == cols == COLS:
                return sym("S", Array((COLS, COLS)))
            return (
                sym("A", Array((ROWS, COLS)))
                if rows == ROWS
                else make("transpose", sym("A", Array((ROWS, COLS))))
            )
        kind = self.random.randrange(11)
        if kind == 0:
            return make("add", self.matrix(rows, cols, d), self.matrix(rows, cols, d))
        if kind == 1:
            return make("scale", self.real(d), self.matrix(rows, cols, d))
        if kind <= 3:
            return make("matmul", self.matrix(rows, cols, d), self.matrix(cols, cols, d))
        if kind == 4:
            return make("matmul", self.vector(rows, d), make("transpose", self.vector(cols, d)))
        if kind == 5:
            return make("neg", self.matrix(rows, cols, d))
        if kind == 6:
            body = self.under({"i": INTEGER, "j": INTEGER}, self.real, d)
            return make("array", body, rows, cols, data=(("i",), ("j",)))
        if kind == 7:
            return make("softmax", self.matrix(rows, cols, d), data=self.pick(None, "columns"))
        if rows == cols:
            return self.random.choice(
                [
                    make("inverse", self.matrix(rows, cols, d)),
                    make("matpow", self.matrix(rows, cols, d), self.integer(d)),
                    make("eye", rows),
                    make("diag", self.vector(rows, d)),
                    make("transpose", self.matrix(rows, cols, d)),
                ]
            )
        return make("zeros", rows, cols)

    # --- statements ------------------------------------------------------------------

    def statement(self, depth: int) -> Term:
        d = depth - 1
        if depth <= 0:
            return self.comparison(0)
        kind = self.random.randrange(14)
        if kind <= 2:
            return self.comparison(d)
        if kind == 3:
            return make(
                str(self.pick("and", "or")), *(self.statement(d) for _ in range(self.random.randint(2, 3)))
            )
        if kind == 4:
            return make(str(self.pick("implies", "iff")), self.statement(d), self.statement(d))
        if kind == 5:
            return make("not", self.statement(d))
        if kind == 6:
            return make("eq", self.vector(COLS, d), self.vector(COLS, d))
        if kind == 7:
            middle = self.real(d)
            return make("and", make("lt", self.real(d), middle), make("le", middle, self.real(d)))
        if kind <= 9:
            return self.quantified(d)
        if kind == 10:
            return make(
                "in",
                self.real(d),
                self.random.choice(
                    [
                        make("range", self.integer(d), self.integer(d)),
                        make("interval", self.real(d), self.real(d), data=self.pick("[]", "()", "[)", "(]")),
                    ]
                ),
            )
        if kind == 11:
            name = str(self.pick("t", "u"))
            f, g = (self.under({name: REAL}, self.real, d) for _ in range(2))
            return make(str(self.pick("little_o", "big_o")), f, g, self.real(d), data=((name,),))
        if kind == 12:
            return make("theta", self.real(d), self.real(d), data=(("n", "m"),))
        return self.random.choice(
            [
                make("psd", self.matrix(COLS, COLS, d)),
                make("integrable", self.real(d)),
                make("true"),
                make("solve", self.statement(d), data=(("a", "b"),)),
            ]
        )

    def comparison(self, depth: int) -> Term:
        return make(str(self.pick("eq", "ne", "lt", "le", "gt", "ge")), self.real(depth), self.real(depth))

    def quantified(self, depth: int) -> Term:
        name = self.fresh()
        domain = self.random.choice(
            [
                make("numbers", data="integer"),
                make("numbers", data="real"),
                make("arrays", COLS, data="real"),
                make("range", num(1), N),
                VERTICES,
                make("interval", num(0), num(1), data="(]"),
                make("functions", make("numbers", data="real"), make("numbers", data="real")),
            ]
        )
        if domain.op == "functions":
            name = "ψ"
        types = {name: domain.type.items[0]}  # type: ignore[union-attr]
        if self.random.random() < 0.4:
            second = make("range", num(1), M)
            if name != "l":
                types["l"] = INTEGER
                body = self.under(types, self.statement, depth)
                return make(str(self.pick("forall", "exists")), body, domain, second, data=((name,), ("l",)))
        if types[name] == INTEGER and domain.op == "numbers" and self.random.random() < 0.6:
            body = self.under(types, self.statement, depth)
            condition = make("ge", sym(name, INTEGER), num(1))
            return make("forall", make("implies", condition, body), domain, data=((name,),))
        return make(
            str(self.pick("forall", "exists")),
            self.under(types, self.statement, depth),
            domain,
            data=((name,),),
        )
