"""What floats see of limits before proofs are tried."""

from symproof.kernel.context import Context
from symproof.methods.approach import Approach
from symproof.methods.nearby import Surroundings
from symproof.reading.inline import read_statement
from symproof.terms.build import num
from symproof.terms.tree import Term


def surroundings(text: str, *let: str) -> tuple[Surroundings, Term, Approach]:
    """For the limit on the left side of an equation, as near as 1."""
    statement = read_statement(text, list(let))
    node = statement.goal.args[0]
    ((name,),) = node.data  # type: ignore[misc]
    x = next(n for n in node.args[0].walk() if n.op == "sym" and n.data == name)
    kind = "infinity" if node.args[1].data == "oo" else "point"
    point = node.args[1] if kind == "point" else num(0)
    return Surroundings(Context.of(statement), ()), node.args[0], Approach(kind, x, num(1), point)


def undefined(text: str, *let: str) -> bool:
    around, body, approach = surroundings(text, *let)
    return around.undefined(approach, body)


def diverges(text: str, *let: str) -> bool:
    around, body, approach = surroundings(text, *let)
    return around.diverges(approach, body)


def test_what_is_undefined_nearby() -> None:
    assert undefined("limit(sqrt(x), x -> 0) = 0")
    assert undefined("limit(asin(x), x -> 1) = pi/2")
    assert not undefined("limit(log(1 + x), x -> 0) = 0")
    assert not undefined("limit(sin(x)/x, x -> 0) = 1")


def test_named_numbers_may_be_large() -> None:
    assert undefined("limit(log(1 + a x), x -> 0) = 0", "a: real")
    assert undefined("limit(log(1 + a/x), x -> oo) = 0", "a: real")
    assert not undefined("limit(log(1 + x/a), x -> 0) = 0", "a: real > 2")


def test_a_condition_that_fails_says_nothing_of_the_distance() -> None:
    assert not undefined("limit(x log(a), x -> 0) = 0", "a: real")


def test_what_has_no_limit_in_sight() -> None:
    assert diverges("limit(x, x -> oo) = 1")
    assert diverges("limit(log(x), x -> oo) = 1")
    assert diverges("limit(1/x, x -> 0) = 1")
    assert diverges("limit(a x, x -> oo) = 1", "a: real > 0")


def test_what_may_have_one() -> None:
    for text in (
        "limit(1/log(x), x -> oo) = 0",
        "limit(x^50 exp(-x), x -> oo) = 0",
        "limit((x + 1000)/x, x -> oo) = 1",
        "limit((cos(x) - 1 + x^2/2)/x^4, x -> 0) = 1/24",
        "limit(sin(100 x)/x, x -> 0) = 100",
        "limit(x sin(1/x), x -> 0) = 0",
    ):
        assert not diverges(text), text
    assert not diverges("limit((1 + a/x)^x, x -> oo) = exp(a)", "a: real")
