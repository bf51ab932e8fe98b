"""Every part of a certificate dropped or changed in turn: a false goal is never shown."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.decide import negation
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num
from symproof.terms.types import Array
from tests.kernel.kit import claim
from tests.kernel.test_forgery import FORGERIES, Forgery

LEAVES = [{"rule": "algebra"}, {"rule": "order"}, {"rule": "evident"}]
VALUES: list[Any] = [None, [], {}, "", "a", 0, 1, -1, True, ["num", "0"], ["num", "-1"], ["true", None]]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to everything inside."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def tampered(certificate: dict[str, Any]) -> Iterator[Any]:
    """The certificate with one thing dropped, replaced, doubled or turned round."""
    for path in places(certificate):
        holder: Any = certificate
        for key in path[:-1]:
            holder = holder[key]
        old = holder[path[-1]]
        values = [*VALUES, *LEAVES]
        if isinstance(old, list):
            values = [*values, old[::-1], old + old, old[:-1], old[1:]]
        if isinstance(old, str):
            values = [*values, old + "'", "2", "1/2"]
        for value in (*values, DROP):
            yield edited(certificate, path, value)


DROP = object()


def edited(certificate: dict[str, Any], path: tuple[Any, ...], value: Any) -> Any:
    copied = copy.deepcopy(certificate)
    place: Any = copied
    for key in path[:-1]:
        place = place[key]
    if value is DROP:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return copied


def false_goals(statement: Statement) -> list[Statement]:
    """The denial of a goal that holds at every admissible point; of an equation also one that is off by one."""
    goal = statement.goal
    found = [negation(goal)]
    if goal.op == "eq" and not isinstance(goal.args[0].type, Array):
        found.append(make("eq", goal.args[0], make("add", goal.args[1], num(1))))
    return [replace(statement, goal=g) for g in found]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f"{f.rule}: {f.text}")
def test_no_part_matters_for_a_false_goal(forgery: Forgery) -> None:
    """The true certificate and all its neighbours are refused for goals that fail everywhere."""
    statement = claim(forgery.text, forgery.let, forgery.given, forgery.define)
    goals = false_goals(statement)
    for certificate in (forgery.certificate, *LEAVES, *tampered(forgery.certificate)):
        for goal in goals:
            with pytest.raises(Rejected) as caught:
                check(goal, certificate, forgery.ledger or {})
            assert ": " in str(caught.value)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f"{f.rule}: {f.text}")
def test_a_tampered_certificate_is_refused_or_shows_the_same_statement(forgery: Forgery) -> None:
    """Whatever is changed, the answer is a theorem about the statement asked for, or "rule: reason"."""
    statement = claim(forgery.text, forgery.let, forgery.given, forgery.define)
    refused = 0
    for certificate in tampered(forgery.certificate):
        try:
            found = check(statement, certificate, forgery.ledger or {})
        except Rejected as error:
            refused += ": " in str(error)
        else:
            assert found.statement == statement
    assert refused
