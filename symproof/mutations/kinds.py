"""The kinds of slips, a closed list."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of slip: its name, how often people make it (roughly), and what it is."""

    weight: int
    meaning: str

    def __new__(cls, value: str, weight: int, meaning: str) -> Kind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.weight = weight
        member.meaning = meaning
        return member

    SIGN = "sign", 16, "a sign turned round"
    FACTOR = "factor", 12, "a number as factor put in, left out or changed: 2, 1/2, a coefficient"
    INDEX = "index", 12, "an index shifted by one, or another index: t-1 for t, i for j"
    EXPONENT = "exponent", 10, "an exponent one off, put in or left out, or taken for a factor: 2 x for x^2"
    TRANSPOSE = "transpose", 9, "a transposition put in or left out, two indices of a matrix exchanged"
    MISSING = "missing", 9, "a factor, a denominator or a function left out"
    DROPPED = "dropped", 9, "a term of a sum left out, an argument of a maximum, an alternative"
    ORDER = "order", 8, "factors of a matrix product, arguments or branches in another order"
    BOUND = "bound", 8, "the end of a sum, an integral or a range one off, a case too few or too many"
    SQUARE = "square", 7, "a norm for its square, or the other way round"
    ASSUMPTION = "assumption", 7, "an assumption left out or weakened: hypothesis, attribute, law, < to <="
    SYMBOL = "symbol", 6, "another symbol of the same type"
    BRACKET = "bracket", 6, "a bracket, a fraction or a function that ends too early or too late"
    SPREAD = "spread", 6, "a function taken term by term: (a + b)^2 as a^2 + b^2, E[X Y] as E[X] E[Y]"
    RELATION = "relation", 6, "another relation: < for <=, <= for =, a relation reversed, an open interval"
    FRACTION = "fraction", 5, "a fraction turned over, a factor that belongs in the denominator"
    INVERSE = "inverse", 5, "an inverse put in or left out"
    EXPECTATION = "expectation", 5, "an expectation put in or left out"
    MOMENT = "moment", 4, "another moment: variance, mean, second moment, covariance"
    CONSTANT = "constant", 4, "a number one off, another constant, ones for zeros"
    FUNCTION = "function", 4, "a sibling: sin for cos, max for min, trace for det, rows for columns"
    GRAPH = "graph", 4, "degree for adjacency, vertices for edges, components for vertices"
    PRODUCT = "product", 3, "the elementwise product for the matrix product, or the other way round"
    CONNECTIVE = "connective", 3, "and/or, for all/exists exchanged, an implication reversed, a negation"
    DOUBLED = "doubled", 3, "a factor or an argument written twice"
    ADDED = "added", 2, "a term too many"
    SPURIOUS = "spurious", 2, "a factor, a denominator or a function too many"

    @property
    def undone_by(self) -> Kind:
        """The kind of change that repairs this one: most kinds undo themselves."""
        return _UNDONE.get(self, self)


_UNDONE = {
    Kind.MISSING: Kind.SPURIOUS,
    Kind.SPURIOUS: Kind.MISSING,
    Kind.DOUBLED: Kind.MISSING,
    Kind.DROPPED: Kind.ADDED,
    Kind.ADDED: Kind.DROPPED,
}
