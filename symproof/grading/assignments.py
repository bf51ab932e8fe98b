"""Assignment files: questions, what each is about, how answers are found in a text, and what they are worth.

    load(path) -> Assignment; raises Problem

A question is about a claim by name, whose declarations, definitions and hypotheses it takes over; its own
`let`, `define`, `given` and `without` change them as a false variant of a claim does, `own: true` leaves
the claim's out.  A goal "for integer t >= 1" declares its t, since answers speak of t without saying so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from symproof.grading.schema import AssignmentFile, QuestionItem, validated
from symproof.kernel.statement import Hypothesis, Symbol
from symproof.reading.claims import CLAIM_KEYS, keyed
from symproof.reading.declarations import Scope
from symproof.reading.folders import claim_files
from symproof.reading.latex import Notation, Reader
from symproof.reading.pieces import Pieces, pieces, text, texts
from symproof.reading.problems import Problem, Source, suggest
from symproof.reading.yamlfile import File, List, Map, Text, Value, decoded, load_files
from symproof.terms.build import make, sym
from symproof.terms.plain import plain
from symproof.terms.rewrite import parts, substitute
from symproof.terms.tree import Term

_SETTING = ("let", "define", "given", "without", "goal")
_MOST_CLAIM_FILES = 2000


@dataclass(frozen=True, slots=True)
class Find:
    """Where the answer stands: under which number, behind which marker, after and until which phrase."""

    question: str
    answer: str = ""
    after: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class NamedStep:
    """Something on the way that earns points wherever it is shown."""

    name: str
    points: float
    shows: tuple[Term, ...]


@dataclass(frozen=True)
class Question:
    """A question, ready to be graded; `pieces` and `goal` are None where only a person marks."""

    name: str
    title: str
    points: float
    claim: str
    person: bool
    task: str
    find: Find
    notation: Notation
    pieces: Pieces | None = None
    goal: Source | None = None
    result: float = 0.0
    lines: float = 0.0
    steps: tuple[NamedStep, ...] = ()
    lemmas: tuple[Term, ...] = ()
    deductions: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def setting(self) -> tuple[Scope, tuple[Term, ...]]:
        """A fresh scope for one answer, and the statements that are to be shown; raises Problem."""
        assert self.pieces is not None
        scope, problems = self.pieces.scope()
        if problems:
            raise problems[0]
        if self.goal is None:
            return scope, ()
        goal = opened(scope, scope.proposition(self.goal))
        return scope, tuple(parts(goal))


@dataclass(frozen=True)
class Assignment:
    """An assignment file."""

    id: str
    title: str
    file: str
    feedback: str
    questions: tuple[Question, ...]

    @property
    def max_points(self) -> float:
        return sum(question.points for question in self.questions)


def load(path: str | Path) -> Assignment:
    """The assignment in the file; raises Problem."""
    (file,) = load_files(Path(path))[:1]
    if isinstance(file, Problem):
        raise file
    data = validated(file)
    claims = _Claims(_folders(Path(path), data))
    items = _items(file)
    known: set[str] = set()
    questions = []
    for item, value in zip(data.questions, items, strict=True):
        if item.question in known:
            message = f"the question {item.question} is there twice"
            raise file.problem("duplicate-key", message, value.start, value.start + 1)
        known.add(item.question)
        questions.append(_question(file, data, item, value, claims))
    return Assignment(data.assignment, data.title, str(path), data.feedback, tuple(questions))


def _items(file: File) -> list[Map]:
    """The questions as they stand in the file."""
    assert isinstance(file.document, Map)
    found = next(value for key, value in file.document.entries if key.value == "questions")
    assert isinstance(found, List)
    return [item for item in found.items if isinstance(item, Map)]


def claim_sources(path: Path) -> list[Path]:
    """The claim files among which the assignment in the file finds its claims; raises Problem."""
    (file,) = load_files(path)[:1]
    if isinstance(file, Problem):
        raise file
    return [found for found in claim_files(_folders(path, validated(file))) if isinstance(found, Path)]


def _question(file: File, data: AssignmentFile, item: QuestionItem, value: Map, claims: _Claims) -> Question:
    rubric = item.rubric
    steps_points = sum(step.points for step in rubric.steps)
    rest = item.points - steps_points
    if rubric.result is None and rubric.lines is None:
        result, lines = rest / 2, rest / 2
    elif rubric.result is None:
        assert rubric.lines is not None
        result, lines = rest - rubric.lines, rubric.lines
    else:
        result, lines = rubric.result, rest - rubric.result if rubric.lines is None else rubric.lines
    if not item.person and (
        min(result, lines) < 0 or abs(result + lines + steps_points - item.points) > 1e-9
    ):
        message = f"the rubric of question {item.question} does not add up to {item.points:g} points"
        raise file.problem("value", message, value.start, value.start + 1)
    find = item.find
    question = Question(
        name=item.question,
        title=item.title,
        points=item.points,
        claim=item.claim,
        person=item.person,
        task=item.task,
        find=Find((find.question or item.question).lower(), find.answer.lower(), find.after, find.until),
        notation=Notation(
            (*item.notation.aliases.items(), *data.notation.aliases.items()),
            item.notation.norm or data.notation.norm,
            item.notation.orders or data.notation.orders,
            item.notation.transpose or data.notation.transpose,
        ),
        result=result,
        lines=lines,
        deductions={
            kind.value: cost for kind, cost in (*data.deductions.items(), *rubric.deductions.items())
        },
        labels=tuple((label, tuple(meant.items())) for label, meant in item.notation.labels.items()),
    )
    keys = {key.value: entry for key, entry in value.entries}
    if item.claim or any(key in keys for key in _SETTING):
        question = _set(file, question, item, keys, claims)
    elif not item.person:
        raise file.problem(
            "missing-key", f"question {item.question} is about nothing", value.start, value.start + 1,
            expected="claim: the name of a claim, a setting of its own, or person: true",
        )  # fmt: skip
    return question


def _set(
    file: File, question: Question, item: QuestionItem, keys: dict[str, Value], claims: _Claims
) -> Question:
    """The question with what it speaks of; raises Problem where that cannot be read."""
    base, goal = Pieces(), None
    if item.claim:
        named = keys["claim"]
        assert isinstance(named, Text)
        base, goal = claims.find(file, named)
    changed = pieces(file, {key: keys[key] for key in ("let", "define", "given") if key in keys})
    base = changed if item.own else base.changed(changed)
    if "without" in keys and not item.own:
        base = base.without(file, texts(file, keys["without"], "without"))
    if "goal" in keys:
        goal = text(file, keys["goal"], "goal").source
    elif item.own:
        goal = None
    question = replace(question, pieces=base, goal=goal)
    scope, _ = question.setting()
    Reader(scope, question.notation)  # a notation that cannot be read is said here
    steps = []
    for step, source in zip(item.rubric.steps, _shows(file, keys), strict=True):
        steps.append(
            NamedStep(step.name, step.points, tuple(parts(opened(scope, scope.proposition(source)))))
        )
    lemmas = texts(file, keys["lemmas"], "lemmas") if "lemmas" in keys else ()
    return replace(
        question,
        steps=tuple(steps),
        lemmas=tuple(scope.proposition(lemma.source) for lemma in lemmas),
    )


def _shows(file: File, keys: dict[str, Value]) -> Iterator[Source]:
    """The statements of the named steps."""
    rubric = keys.get("rubric")
    for key, value in rubric.entries if isinstance(rubric, Map) else ():
        if key.value == "steps" and isinstance(value, List):
            for item in value.items:
                assert isinstance(item, Map)
                shown = next(entry for name, entry in item.entries if name.value == "shows")
                yield text(file, shown, "shows").source


def opened(scope: Scope, goal: Term) -> Term:
    """The goal without its outer "for all": what it binds is declared, what it supposes assumed."""
    while True:
        if goal.op == "forall":
            groups: tuple[tuple[str, ...], ...] = goal.data  # type: ignore[assignment]
            body = goal.args[0]
            for group, domain in zip(groups, goal.args[1:], strict=True):
                names = []
                for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
                    fresh = name
                    while fresh in scope.types:
                        fresh += "_"
                    names.append(sym(fresh, type))
                    body = substitute(body, {name: names[-1]})
                    scope.introduce(Symbol(fresh, type))
                if domain.op == "range":
                    low, high = domain.args
                    _assume(scope, make("le", low, names[0]))
                    if high.data != "oo":
                        _assume(scope, make("le", names[0], high))
            goal = body
        elif goal.op == "implies":
            _assume(scope, goal.args[0])
            goal = goal.args[1]
        else:
            return goal


def _assume(scope: Scope, statement: Term) -> None:
    scope.hypotheses.append(Hypothesis(plain(statement), statement))


# --- claims by name -------------------------------------------------------------------------------


def _folders(path: Path, data: AssignmentFile) -> list[Path]:
    """Where claims are looked for: what the file says, or the claims/ folder of a folder above it."""
    if data.claims:
        return [path.parent / folder for folder in data.claims]
    here = path.resolve().parent
    above = [folder / "claims" for folder in (here, *here.parents)]
    return [folder for folder in above if folder.is_dir()][:1]


class _Claims:
    """The claims in some folders; a file is read when a claim in it is asked for."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.paths: list[Path] = []
        for folder in folders:
            found = [folder] if folder.is_file() else sorted(folder.rglob("*.y*ml"))
            self.paths += [path for path in found if path.is_file()]
        self._texts: dict[Path, str] | None = None

    def find(self, file: File, named: Text) -> tuple[Pieces, Source]:
        """What the claim declares, defines and assumes, and its goal; raises Problem."""
        name = named.value.strip()
        head = re.compile(rf"^\s*(?:-\s+)?claim:\s*['\"]?{re.escape(name)}['\"]?\s*(?:#.*)?$", re.MULTILINE)
        for path, whole in self._read().items():
            if head.search(whole) is None:
                continue
            for claims in load_files(path):
                if isinstance(claims, Problem):
                    continue
                for item in (
                    claims.document.items if isinstance(claims.document, List) else (claims.document,)
                ):
                    if isinstance(item, Map) and _named(item) == name:
                        keys = keyed(claims, item, CLAIM_KEYS)
                        return pieces(claims, keys), text(claims, keys["prove"], "prove").source
        known = [m for whole in self._read().values() for m in re.findall(r"claim:\s*([\w.-]+)", whole)]
        raise file.problem(
            "name", f"there is no claim `{name}`", named.start, named.end,
            expected="the name of a claim in " + (", ".join(str(p) for p in self.paths[:3]) or "claims/"),
            hint=suggest(name, known),
        )  # fmt: skip

    def _read(self) -> dict[Path, str]:
        if self._texts is None:
            self._texts = {}
            for path in self.paths[:_MOST_CLAIM_FILES]:
                try:
                    self._texts[path] = decoded(str(path), path.read_bytes())
                except (OSError, Problem):
                    continue
        return self._texts


def _named(item: Map) -> str:
    return next((v.value.strip() for k, v in item.entries if k.value == "claim" and isinstance(v, Text)), "")
