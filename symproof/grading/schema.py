"""The shape of assignment files: checked by pydantic, and told as a JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from symproof.mutations.kinds import Kind
from symproof.reading.problems import Problem, suggest
from symproof.reading.yamlfile import File, List, Map, Text, Value

Points = Annotated[float, Field(ge=0, le=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = dict[str, Any] | list[Any] | str


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class NotationItem(_Shape):
    """How answers write what is declared."""

    aliases: dict[str, str] = Field({}, description="LaTeX, with places #1, #2, and what it stands for")
    norm: Literal["", "opnorm", "fronorm"] = Field("", description="what bars around a matrix mean")
    orders: str = Field("", description="what tends to what where o(…) does not say it: x -> 0")
    transpose: bool = Field(False, description="^T transposes matrices although T is declared")
    labels: dict[str, dict[str, str]] = Field(
        {}, description="what names mean in lines with a label: `sample #1: μ = …`"
    )


class FindItem(_Shape):
    """How the answer is found in the text."""

    question: str = Field("", description="the number in the text, if it is another than the question's")
    answer: str = Field("", description="a word in the marker of the answer: `second part`")
    after: str = Field("", description="a phrase behind which the answer begins")
    until: str = Field("", description="a phrase before which the answer ends")


class StepItem(_Shape):
    """A named step that earns points."""

    name: Name
    points: Points
    shows: Name = Field(description="the statement that the step shows, in the language of claims")


class RubricItem(_Shape):
    """What the points are for; without a rubric half of them are for the result, half for the lines."""

    result: Points | None = None
    lines: Points | None = None
    steps: list[StepItem] = []
    deductions: dict[Kind, Points] = Field({}, description="points off for a mistake of this kind")


class QuestionItem(_Shape):
    """A question."""

    question: Name = Field(description="its number in the text")
    title: str = ""
    points: Points
    claim: str = Field("", description="the name of the claim that it is about")
    person: bool = Field(
        False, description="a person gives the points; lines are marked where there is a claim"
    )
    task: Literal["show", "find"] = Field(
        "show", description="show: the goal is told, and repeating it is no answer; find: it is not told"
    )
    own: bool = Field(False, description="the claim's declarations and hypotheses are left out")
    let: dict[str, Any] = Field({}, description="declarations besides or instead of the claim's")
    define: dict[str, Any] = Field({}, description="definitions besides or instead of the claim's")
    given: Names = Field({}, description="hypotheses besides or instead of the claim's")
    without: list[str] | str = Field([], description="hypotheses of the claim to leave out")
    lemmas: list[str] | str = Field(
        [], description="true statements that may be used where a line is not shown without them"
    )
    goal: str = Field("", description="what is to be shown; the claim's if not given")
    notation: NotationItem = NotationItem()  # type: ignore[call-arg]
    find: FindItem = FindItem()  # type: ignore[call-arg]
    rubric: RubricItem = RubricItem()  # type: ignore[call-arg]


class AssignmentFile(_Shape):
    """An assignment: its questions, and what holds for all of them."""

    assignment: Name = Field(description="the name of the assignment")
    title: str = ""
    claims: list[str] = Field(
        [], description="claim files and folders; the claims/ above this file if not given"
    )
    feedback: Literal["mark", "hint", "full"] = Field(
        "hint", description="what students see: marks; why a line is wrong; also how it should be"
    )
    deductions: dict[Kind, Points] = {}
    notation: NotationItem = NotationItem()  # type: ignore[call-arg]
    questions: list[QuestionItem] = Field(min_length=1)


def schema() -> dict[str, Any]:
    """The JSON Schema, for editors."""
    return AssignmentFile.model_json_schema()


def validated(file: File) -> AssignmentFile:
    """The file as an assignment; raises Problem at the first place that has not the right shape."""
    try:
        return AssignmentFile.model_validate(_plain(file.document))
    except ValidationError as error:
        # a key that is misspelt explains why another is missing
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        start, end = _place(file.document, first["loc"])
        message, hint = first["msg"].removeprefix("Value error, "), ""
        name = str(first["loc"][-1]) if first["loc"] else ""
        if first["type"] == "extra_forbidden":
            known = _known(first["loc"][:-1])
            message, hint = f"there is no key `{name}`", suggest(name, known)
        elif first["type"] == "missing":
            message = f"the key `{name}` is missing"
        else:
            message = f"{name}: {message}"
        raise file.problem("value", message, start, end, hint=hint) from None


def _plain(value: Value) -> Any:
    if isinstance(value, Text):
        return value.value
    if isinstance(value, List):
        return [_plain(item) for item in value.items]
    return {key.value: _plain(entry) for key, entry in value.entries}


def _place(value: Value, where: tuple[int | str, ...]) -> tuple[int, int]:
    """Where in the file the thing at the path stands, as far as the path leads."""
    start = value.start
    end = value.end if isinstance(value, Text) else start + 1
    for step in where:
        if isinstance(value, Map):
            found = next(((k, v) for k, v in value.entries if k.value == step), None)
            if found is None:
                break
            (start, end), value = (found[0].start, found[0].end), found[1]
        elif isinstance(value, List) and isinstance(step, int) and step < len(value.items):
            value = value.items[step]
            start, end = value.start, value.start + 1
    return start, end


def _known(where: tuple[int | str, ...]) -> list[str]:
    """The keys that there are at a path."""
    shapes = {
        "questions": QuestionItem, "notation": NotationItem, "find": FindItem, "rubric": RubricItem,
        "steps": StepItem,
    }  # fmt: skip
    names = [step for step in where if isinstance(step, str)]
    shape: Any = shapes.get(names[-1], AssignmentFile) if names else AssignmentFile
    return list(shape.model_fields)


__all__ = ["AssignmentFile", "Problem", "QuestionItem", "schema", "validated"]
