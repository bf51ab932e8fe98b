"""Arrays of numbers and their algebra, over any arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

from symproof.evaluation.arithmetic import (
    Arithmetic,
    Expansion,
    ExpPolynomial,
    Number,
    Undefined,
    Unknown,
)
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar

Rows = list[list[Number]]


class Tensor:
    """An array: the first index and the length of each axis, and the entries row by row."""

    __slots__ = ("starts", "shape", "cells")

    def __init__(self, starts: tuple[int, ...], shape: tuple[int, ...], cells: list[Number]) -> None:
        self.starts, self.shape, self.cells = starts, shape, cells

    @staticmethod
    def filled(A: Arithmetic, starts: tuple[int, ...], shape: tuple[int, ...], value: Number) -> Tensor:
        A.spend(prod(shape))
        return Tensor(starts, shape, [value] * prod(shape))

    def map(self, f: Callable[[Number], Number]) -> Tensor:
        return Tensor(self.starts, self.shape, [f(x) for x in self.cells])

    def __add__(self, other: Tensor) -> Tensor:
        pairs = zip(self.cells, other.cells, strict=True)
        return Tensor(self.starts, self.shape, [x + y for x, y in pairs])

    def __neg__(self) -> Tensor:
        return self.map(lambda x: -x)

    def pick(self, index: int) -> Any:
        """The entry, or the array over the other axes, at an index of the first axis."""
        k, size = index - self.starts[0], prod(self.shape[1:])
        if not 0 <= k < self.shape[0]:
            raise Undefined("an index outside its range")
        if len(self.shape) == 1:
            return self.cells[k]
        return Tensor(self.starts[1:], self.shape[1:], self.cells[k * size : (k + 1) * size])

    def rows(self) -> Rows:
        width = self.shape[1]
        return [self.cells[k * width : (k + 1) * width] for k in range(self.shape[0])]


def identity(A: Arithmetic, starts: tuple[int, ...], n: int) -> Tensor:
    A.spend(n * n)
    return Tensor(starts, (n, n), [A.one if i == j else A.zero for i in range(n) for j in range(n)])


def _inner(A: Arithmetic, left: list[Number], right: list[Number]) -> Number:
    A.spend(len(left))
    total = A.zero
    for x, y in zip(left, right, strict=True):
        total = total + x * y
    return A.bounded(total)


def _product(A: Arithmetic, left: Rows, right: Rows, width: int) -> Rows:
    """The product with a right factor of that many columns, which may have no rows."""
    columns = [[row[k] for row in right] for k in range(width)]
    return [[_inner(A, row, column) for column in columns] for row in left]


def _matmul(A: Arithmetic, term: Term, left: Tensor, right: Tensor) -> Any:
    """A row times a column is a number, a column times a row a matrix."""
    first, second = (arg.type for arg in term.args)
    assert isinstance(first, Array) and isinstance(second, Array)
    rows = left.rows() if len(left.shape) == 2 else [left.cells] if first.row else [[x] for x in left.cells]
    if len(right.shape) == 2:
        below = right.rows()
    else:
        below = [right.cells] if second.row else [[x] for x in right.cells]
    if len(rows[0] if rows else below) != len(below):
        raise Unknown("arrays of different shapes")
    wide = len(right.shape) == 2 or second.row
    cells = [x for row in _product(A, rows, below, right.shape[-1] if wide else 1) for x in row]
    if isinstance(term.type, Scalar):
        return cells[0]
    starts = (() if first.row else left.starts[:1]) + (right.starts[-1:] if wide else ())
    shape = (() if first.row else left.shape[:1]) + (right.shape[-1:] if wide else ())
    return Tensor(starts, shape, cells)


def transposed_product(A: Arithmetic, x: Tensor) -> Tensor:
    """x'x for a matrix x."""
    rows = x.rows()
    width = x.shape[1]
    columns = [[row[k] for row in rows] for k in range(width)]
    cells = [c for row in _product(A, columns, rows, width) for c in row]
    return Tensor(x.starts[1:] * 2, (width, width), cells)


def _transpose(A: Arithmetic, term: Term, x: Tensor) -> Tensor:
    if len(x.shape) == 1:
        return x
    width = x.shape[1]
    return Tensor(x.starts[::-1], x.shape[::-1], [c for j in range(width) for c in x.cells[j::width]])


def eliminate(A: Arithmetic, rows: Rows, width: int) -> tuple[int, Number, Rows]:
    """Rank, determinant and reduced form of the first `width` columns; zeros are certain."""
    rows = [list(row) for row in rows]
    determinant, rank = A.one, 0
    for j in range(width):
        A.spend(len(rows) * (len(rows[0]) if rows else 0))
        pivot = next((i for i in range(rank, len(rows)) if not _zero(A, rows[i][j])), None)
        if pivot is None:
            continue
        if pivot != rank:
            rows[pivot], rows[rank] = rows[rank], rows[pivot]
            determinant = -determinant
        lead = rows[rank][j]
        determinant = A.bounded(determinant * lead)
        rows[rank] = [A.divide(x, lead) for x in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank and not A.vanishes(row[j]):
                factor = row[j]
                rows[i] = [x - A.bounded(factor * y) for x, y in zip(row, rows[rank], strict=True)]
        rank += 1
    return rank, determinant if rank == len(rows) else A.zero, rows


def _zero(A: Arithmetic, x: Number) -> bool:
    """Is a candidate for a pivot zero, for certain?  What moves may vanish only for a moment."""
    if isinstance(x, Expansion) and A.equal(x[0], A.zero):
        raise Unknown("a pivot that vanishes and moves")
    if isinstance(x, Expansion | ExpPolynomial):
        return A.sign(x) == 0
    return A.equal(x, A.zero)


def _det(A: Arithmetic, term: Term, x: Tensor) -> Number:
    return eliminate(A, x.rows(), x.shape[1])[1]


def _rank(A: Arithmetic, term: Term, x: Tensor) -> Number:
    return A.number(eliminate(A, x.rows(), x.shape[1])[0])


def _inverse(A: Arithmetic, term: Term, x: Tensor) -> Tensor:
    n = x.shape[0]
    unit = identity(A, x.starts, n).rows()
    rank, _, rows = eliminate(A, [row + e for row, e in zip(x.rows(), unit, strict=True)], n)
    if rank < n:
        raise Undefined("the inverse of a singular matrix")
    return Tensor(x.starts, x.shape, [c for row in rows for c in row[n:]])


def _matpow(A: Arithmetic, term: Term, x: Tensor, exponent: Number) -> Tensor:
    k = A.integer(exponent)
    if k < 0:
        x, k = _inverse(A, term, x), -k
    result, square = identity(A, x.starts, x.shape[0]).rows(), x.rows()
    while k:
        if k & 1:
            result = _product(A, result, square, len(square))
        k >>= 1
        square = _product(A, square, square, len(square)) if k else square
    return Tensor(x.starts, x.shape, [c for row in result for c in row])


def _dot(A: Arithmetic, term: Term, x: Tensor, y: Tensor) -> Number:
    if isinstance(term.type, Scalar) and term.type.domain == "complex":
        raise Unknown("a complex inner product")
    return _inner(A, x.cells, y.cells)


def square(A: Arithmetic, x: Tensor) -> Number:
    """The sum of the squares of the entries of a real array."""
    return _inner(A, x.cells, x.cells)


def _norm(A: Arithmetic, term: Term, x: Tensor) -> Number:
    if isinstance(term.args[0].type, Array) and term.args[0].type.domain == "complex":
        raise Unknown("a complex norm")
    return A.call("sqrt", square(A, x))


def _trace(A: Arithmetic, term: Term, x: Tensor) -> Number:
    total = A.zero
    for c in x.cells[:: x.shape[1] + 1]:
        total = total + c
    return total


def _diag(A: Arithmetic, term: Term, x: Tensor) -> Tensor:
    n = x.shape[0]
    A.spend(n * n)
    cells = [x.cells[i] if i == j else A.zero for i in range(n) for j in range(n)]
    return Tensor(x.starts * 2, (n, n), cells)


def _softmax(A: Arithmetic, term: Term, x: Tensor) -> Tensor:
    """Entry j of a row is 1 / Σ_k exp(x_k - x_j)."""
    if term.data == "columns":
        return _transpose(A, term, _softmax(A, term.args[0], _transpose(A, term, x)))
    width, cells = x.shape[-1], []
    A.spend(len(x.cells) * width)
    for k in range(0, len(x.cells), width or 1):
        row = x.cells[k : k + width]
        for at in row:
            below = A.zero
            for other in row:
                below = below + A.call("exp", other - at)
            cells.append(A.divide(A.one, below))
    return Tensor(x.starts, x.shape, cells)


def largest_eigenvalue(A: Arithmetic, rows: Rows) -> Number:
    """Of a symmetric matrix: exact for diagonal and 2 by 2 matrices, else in balls."""
    n = len(rows)
    if not n:
        raise Undefined("an eigenvalue of nothing")
    for i in range(n):
        for j in range(i):
            if not A.equal(rows[i][j], rows[j][i]):
                raise Unknown("the largest eigenvalue of a matrix that is not symmetric")
    if all(A.vanishes(rows[i][j]) for i in range(n) for j in range(i)):
        return A.call("max", *(rows[i][i] for i in range(n)))
    if n == 2:
        half = A.number(Fraction(1, 2))
        mean, gap = (rows[0][0] + rows[1][1]) * half, (rows[0][0] - rows[1][1]) * half
        return mean + A.call("sqrt", gap * gap + rows[0][1] * rows[0][1])
    A.spend(n**3)
    return A.call("max", *A.eigenvalues(rows))


def _lambda_max(A: Arithmetic, term: Term, x: Tensor) -> Number:
    return largest_eigenvalue(A, x.rows())


def _lambda_min(A: Arithmetic, term: Term, x: Tensor) -> Number:
    return -largest_eigenvalue(A, (-x).rows())


def _opnorm(A: Arithmetic, term: Term, x: Tensor) -> Number:
    """The root of the largest eigenvalue of A'A or AA', whichever is smaller."""
    wide, tall = x.rows(), _transpose(A, term, x).rows()
    first, second = (wide, tall) if len(wide) <= len(tall) else (tall, wide)
    gram = _product(A, first, second, len(first))
    return A.call("sqrt", largest_eigenvalue(A, gram))


def positive_semidefinite(A: Arithmetic, x: Tensor) -> bool:
    """Of a symmetric matrix: no pivot is negative, and where one is zero so is its row."""
    rows = x.rows()
    while rows:
        A.spend(len(rows) ** 2)
        pivot, *row = rows[0]
        sign = A.sign(pivot)
        if sign < 0 or (sign == 0 and any(not A.equal(c, A.zero) for c in row)):
            return False
        rows = [[c - (A.divide(a * b, pivot) if sign else A.zero) for c, b in zip(rest[1:], row, strict=True)]
                for rest, a in zip(rows[1:], row, strict=True)]  # fmt: skip
    return True


OPERATIONS: dict[str, Callable[..., Any]] = {
    "scale": lambda A, term, c, x: x.map(lambda entry: A.bounded(c * entry)),
    "hadamard": lambda A, term, x, y: Tensor(
        x.starts, x.shape, [A.bounded(a * b) for a, b in zip(x.cells, y.cells, strict=True)]
    ),
    "matmul": _matmul, "transpose": _transpose, "inverse": _inverse, "matpow": _matpow,
    "dot": _dot, "norm": _norm, "fronorm": _norm, "opnorm": _opnorm, "trace": _trace, "det": _det,
    "rank": _rank, "diag": _diag, "softmax": _softmax, "lambda_max": _lambda_max, "lambda_min": _lambda_min,
}  # fmt: skip
