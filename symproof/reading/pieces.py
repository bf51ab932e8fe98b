"""The pieces of a statement in a file: declarations, definitions, hypotheses, the goal.

Claims, their variants and axioms are read alike: texts with their places are collected
first, changed where a variant says so, and given their meaning last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from symproof.reading.declarations import Scope, names_in
from symproof.reading.problems import Problem, Source, suggest
from symproof.reading.yamlfile import File, List, Map, Text, Value, own_meaning


@dataclass(frozen=True, slots=True)
class Pieces:
    """Texts: what is declared, defined and assumed, each with its name."""

    let: tuple[tuple[Source, Source], ...] = ()
    define: tuple[tuple[Source, Source], ...] = ()
    given: tuple[tuple[str, Source], ...] = ()
    bare: frozenset[str] = frozenset()  # declared names of which only the type is kept

    def scope(self) -> tuple[Scope, list[Problem]]:
        """Everything declared, defined and assumed, and what is wrong with hypotheses; raises Problem."""
        scope = Scope()
        scope.declare(self.let, self.bare)
        for head, body in self.define:
            scope.define(head, body)
        problems = []
        for name, source in self.given:
            try:
                scope.assume(name, source)
            except Problem as problem:
                problems.append(problem)
        return scope, problems

    def changed(self, by: Pieces) -> Pieces:
        """With the other's declarations, definitions and hypotheses put for those of the same name."""
        return replace(
            self,
            let=_replaced(self.let, by.let),
            define=_replaced(self.define, by.define),
            given=(*(g for g in self.given if g[0] not in {n for n, _ in by.given}), *by.given),
        )

    def without(self, file: File, names: Iterable[Text]) -> Pieces:
        """Without the hypotheses of these names, and without what the declarations say besides the type."""
        result = self
        for name in names:
            hypotheses = {hypothesis for hypothesis, _ in self.given}
            declared = {word.text for keys, _ in self.let for word in names_in(keys)}
            if name.value in hypotheses:
                result = replace(result, given=tuple(g for g in result.given if g[0] != name.value))
                continue
            symbol = _canonical(name)
            if symbol not in declared:
                raise file.problem(
                    "variant",
                    f"there is no hypothesis or declaration `{name.value}`",
                    name.start,
                    name.end,
                    hint=suggest(name.value, [*hypotheses, *declared]),
                )
            result = replace(result, bare=result.bare | {symbol})
        return result


def _canonical(name: Text) -> str:
    try:
        return names_in(name.source)[0].text
    except Problem:
        return name.value


def _replaced(
    old: tuple[tuple[Source, Source], ...], new: tuple[tuple[Source, Source], ...]
) -> tuple[tuple[Source, Source], ...]:
    """The old pairs with the new ones in the place of those with the same name, others behind."""
    by_name = {_head(key): (key, value) for key, value in new}
    result = [by_name.pop(_head(key), (key, value)) for key, value in old]
    return (*result, *by_name.values())


def _head(key: Source) -> str:
    """The name that is declared or defined: f of f(x)."""
    return names_in(key.part(0, len(key.text.split("(")[0])))[0].text


# --- from values of a file ----------------------------------------------------------------------


def pieces(file: File, keys: dict[str, Value]) -> Pieces:
    """The pieces under `let`, `define` and `given`; raises Problem."""
    let = []
    for key, value in pairs(file, keys.get("let"), "let", "x: real"):
        # one name at a time, so that a variant can change one of `x, y: real`
        let += [(key.source.part(word.start, word.end), value.source) for word in names_in(key.source)]
    define = [(k.source, v.source) for k, v in pairs(file, keys.get("define"), "define", "f(x): x^2")]
    given: list[tuple[str, Source]] = []
    found = keys.get("given")
    if isinstance(found, Map):
        given = [(key.value, value.source) for key, value in pairs(file, found, "given", "start: v[0] = 0")]
    elif found is not None:
        given = [(" ".join(t.value.split()), t.source) for t in texts(file, found, "given")]
    return Pieces(tuple(let), tuple(define), tuple(given))


def pairs(file: File, value: Value | None, key: str, form: str) -> list[tuple[Text, Text]]:
    """The entries of a mapping from names to texts."""
    if value is None or (isinstance(value, Text) and not value.value):
        return []
    if not isinstance(value, Map):
        raise wrong(file, value, f"`{key}` is a mapping", f"lines such as `{form}` under `{key}:`")
    result = []
    for name, entry in entries(file, value):
        if value.flow and isinstance(entry, Text) and entry.start == entry.end:
            raise cut(file, name)
        result.append((name, text(file, entry, name.value)))
    return result


def entries(file: File, value: Map) -> list[tuple[Text, Value]]:
    """The entries; a key that occurs twice is a problem."""
    seen: dict[str, Text] = {}
    for key, _ in value.entries:
        if key.value in seen:
            line = file.whole.count("\n", 0, seen[key.value].start) + 1
            raise file.problem(
                "duplicate-key", f"the key `{key.value}` stands already in line {line}", key.start, key.end
            )
        seen[key.value] = key
    return list(value.entries)


def text(file: File, value: Value, key: str) -> Text:
    """A value that is one text."""
    if not isinstance(value, Text):
        if value.flow:
            raise own_meaning(file.name, file.whole, value.start) or wrong(
                file, value, f"`{key}` is a text", "a text"
            )
        raise wrong(file, value, f"`{key}` is a text", "a text")
    if not value.value.strip():
        raise file.problem("value", f"`{key}` has no value", value.start, value.end, expected="a text")
    return value


def texts(file: File, value: Value, key: str) -> list[Text]:
    """A value that is a text or a list of texts."""
    return [text(file, item, key) for item in items(file, value)]


def items(file: File, value: Value) -> tuple[Value, ...]:
    """The items of a list, or the one value; a comma in [ … ] must not have cut a formula in two."""
    if not isinstance(value, List):
        return (value,)
    for item in value.items:
        if value.flow and isinstance(item, Text) and item.value.count("(") != item.value.count(")"):
            raise cut(file, item)
    return value.items


def cut(file: File, value: Text) -> Problem:
    return file.problem(
        "yaml-value",
        "inside brackets or braces YAML reads a comma as the end of a value",
        value.start,
        value.end,
        hint='quote the value: {A: "matrix(m, n)"}',
    )


def wrong(file: File, value: Value, message: str, expected: str) -> Problem:
    return file.problem("value", message, value.start, value.start + 1, expected=expected)


def commented(file: File, value: Text, problem: Problem) -> Problem:
    """The problem, with a word about a comment behind the value, if there is one."""
    stop = file.whole.find("\n", value.end)
    behind = file.whole[value.end : len(file.whole) if stop < 0 else stop]
    if value.plain and behind.lstrip().startswith("#") and not problem.hint:
        problem.hint = "YAML reads what follows ` #` as a comment; quote the value if it belongs to it"
    return problem
