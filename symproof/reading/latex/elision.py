"""What dots leave out: the general term between the first ones and the last.

`x_1 + x_2 + … + x_n`: the pieces that are written agree except in places that go up, or down, by one
from piece to piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symproof.reading.tree import Node

Linear = dict[str, Fraction]  # letters with their coefficients; "" for the constant


def general(pieces: Sequence[Node], last: Node, index: str) -> tuple[Node, Node, Node, bool] | None:
    """The general term in the index, its first and last value, and whether it counts down.

    Counting down, the first value is the greater one.  None where the pieces show no pattern.
    """
    first = pieces[0]
    places: list[tuple[Linear, Linear]] = []
    if not _compare(first, last, places) or not places:
        return None
    start, stop = places[0]
    down = _goes_down(pieces, start, stop)
    if down is None:
        return None
    step = Fraction(-1 if down else 1)
    length = minus(stop, start)
    if any(minus(b, a) != length for a, b in places):
        return None
    origin = places[0][0]
    term = _put(first, last, index, origin)
    for k, piece in enumerate(pieces):
        shifted = dict(origin)
        _add(shifted, "", step * k)
        if not _same(instance(term, index, shifted), piece):
            return None
    if not _same(instance(term, index, stop), last):
        return None
    return term, node_of(start, first), node_of(stop, last), down


def _goes_down(pieces: Sequence[Node], start: Linear, stop: Linear) -> bool | None:
    if len(pieces) > 1:
        places: list[tuple[Linear, Linear]] = []
        if not _compare(pieces[0], pieces[1], places) or not places:
            return None
        step = minus(places[0][1], places[0][0])
        if step == {"": Fraction(1)}:
            return False
        return True if step == {"": Fraction(-1)} else None
    lettered = any(start), any(stop)  # the key "" of the constant is falsy
    if lettered == (False, False):
        return start.get("", Fraction(0)) > stop.get("", Fraction(0))
    return None if lettered == (True, True) else lettered[0]


def _compare(one: Node, two: Node, places: list[tuple[Linear, Linear]]) -> bool:
    """Collect the places in which two trees differ by integers; False where they differ otherwise."""
    one, two = _bare(one), _bare(two)
    if _same(one, two):
        return True
    a, b = linear(one), linear(two)
    if a is not None and b is not None:
        places.append((a, b))
        return True
    if one.kind != two.kind or one.value != two.value or len(one.items) != len(two.items):
        return False
    return all(_compare(x, y, places) for x, y in zip(one.items, two.items, strict=True))


def _put(one: Node, two: Node, index: str, origin: Linear) -> Node:
    """The first tree with the index in every place that changes."""
    one, two = _bare(one), _bare(two)
    if _same(one, two):
        return one
    a, b = linear(one), linear(two)
    if a is not None and b is not None:
        moved = dict(a)
        _add(moved, index, Fraction(1))
        for key, value in origin.items():
            _add(moved, key, -value)
        return node_of(moved, one)
    items = tuple(_put(x, y, index, origin) for x, y in zip(one.items, two.items, strict=True))
    return Node(one.kind, one.value, items, one.start, one.end)


def instance(term: Node, index: str, value: Linear) -> Node:
    """The general term at one value of the index."""
    found = linear(term)
    if found is not None and index in found:
        factor = found.pop(index)
        for key, number in value.items():
            _add(found, key, factor * number)
        return node_of(found, term)
    items = tuple(instance(item, index, value) for item in term.items)
    return Node(term.kind, term.value, items, term.start, term.end)


def _bare(node: Node) -> Node:
    while node.kind == "group":
        node = node.items[0]
    return node


def _same(one: Node, two: Node) -> bool:
    """Is the same written in both?"""
    one, two = _bare(one), _bare(two)
    a = linear(one)
    if a is not None:
        return a == linear(two)
    return (
        one.kind == two.kind
        and one.value == two.value
        and len(one.items) == len(two.items)
        and all(_same(x, y) for x, y in zip(one.items, two.items, strict=True))
    )


same = _same


def linear(node: Node) -> Linear | None:
    """An integer expression such as t - 1 by its letters; None for anything else."""
    node = _bare(node)
    if node.kind == "number":
        value: Fraction = node.value
        return ({"": value} if value else {}) if value.denominator == 1 else None
    if node.kind == "name":
        return {node.value: Fraction(1)}
    if node.kind == "neg":
        inner = linear(node.items[0])
        return None if inner is None else {key: -value for key, value in inner.items()}
    if node.kind == "sum":
        total: Linear = {}
        for sign, item in zip(node.value, node.items, strict=True):
            part = linear(item)
            if part is None:
                return None
            for key, value in part.items():
                _add(total, key, -value if sign == "-" else value)
        return total
    return None


def _add(total: Linear, key: str, value: Fraction) -> None:
    value += total.get(key, Fraction(0))
    if value:
        total[key] = value
    else:
        total.pop(key, None)


def minus(one: Linear, two: Linear) -> Linear:
    result = dict(one)
    for key, value in two.items():
        _add(result, key, -value)
    return result


def node_of(found: Linear, place: Node) -> Node:
    """The expression as a tree: letters first, then the number."""
    start, end = place.start, place.end
    signs: list[str] = []
    items: list[Node] = []
    for key in sorted(found, key=lambda k: (k == "", found[k] < 0, k)):
        value = abs(found[key])
        if key:
            item = Node("name", key, (), start, end)
            if value != 1:
                item = Node("product", ("*", " "), (Node("number", value, (), start, end), item), start, end)
        else:
            item = Node("number", value, (), start, end)
        signs.append("-" if found[key] < 0 else "+")
        items.append(item)
    if not items:
        return Node("number", Fraction(0), (), start, end)
    if signs[0] == "-":
        signs[0], items[0] = "+", Node("neg", None, (items[0],), start, end)
    if len(items) == 1:
        return items[0]
    return Node("sum", tuple(signs), tuple(items), start, end)
