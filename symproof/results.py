"""Results: what the engine found out, as frozen data that every output is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from symproof.kernel.statement import Statement
    from symproof.kernel.verdict import Theorem

VERDICTS = ("proved", "conditional", "refuted", "supported", "undecided", "invalid")


class InternalContradiction(Exception):
    """A checked proof and a checked counterexample of one statement: symproof itself is wrong.

    `report` holds everything needed to reproduce it.
    """

    def __init__(self, report: Mapping[str, Any]) -> None:
        super().__init__(f"internal contradiction: {report.get('text', '')}")
        self.report = report


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Point:
    """Concrete values, and what both sides are there."""

    values: Mapping[str, str]
    left: str
    right: str

    def encode(self) -> dict[str, Any]:
        return {"values": dict(self.values), "lhs": self.left, "rhs": self.right}

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Point:
        return Point(dict(data["values"]), str(data["lhs"]), str(data["rhs"]))


@dataclass(frozen=True)
class Result:
    """The verdict on one statement and how it is known.

    For a conditional verdict `witness` is a point where a condition fails.
    """

    statement: str
    verdict: str
    scope: str | None = None
    conditions: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=lambda: {"kind": "none"})
    witness: Point | None = None
    message: str = ""
    place: Place | None = None
    seconds: float = 0.0
    source: Statement | None = field(default=None, repr=False, compare=False)
    theorem: Theorem | None = field(default=None, repr=False, compare=False)

    def encode(self) -> dict[str, Any]:
        """The result as JSON data."""
        return {
            "statement": self.statement,
            "verdict": self.verdict,
            "scope": self.scope,
            "conditions": list(self.conditions),
            "imports": list(self.imports),
            "methods": list(self.methods),
            "evidence": dict(self.evidence),
            "witness": self.witness and self.witness.encode(),
            "message": self.message,
            "place": self.place and {"line": self.place.line, "column": self.place.column},
            "seconds": round(self.seconds, 4),
        }

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Result:
        """The result that `encode` wrote; raises KeyError, TypeError or ValueError."""
        if data["verdict"] not in VERDICTS or not isinstance(data["evidence"], dict):
            raise ValueError("not a result")
        return Result(
            statement=str(data["statement"]),
            verdict=data["verdict"],
            scope=data["scope"],
            conditions=tuple(map(str, data["conditions"])),
            imports=tuple(map(str, data["imports"])),
            methods=tuple(map(str, data["methods"])),
            evidence=data["evidence"],
            witness=data["witness"] and Point.decode(data["witness"]),
            message=str(data["message"]),
            place=data["place"] and Place(int(data["place"]["line"]), int(data["place"]["column"])),
            seconds=float(data["seconds"]),
        )

    def located(self, source: Statement | None, place: Place | None) -> Result:
        """The same result with the statement and the place that it belongs to."""
        return replace(self, source=source, place=place)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """How a notebook or an interactive Python shows it: mathematics, or a few lines of text."""
        from symproof.reporting.notebook import bundle

        return bundle(self)


@dataclass(frozen=True)
class ClaimResult(Result):
    """The result for a claim, those for its steps, and those for its false variants, which must be refuted.

    As JSON data a claim also has the hash of its statement, which changes whenever what is claimed does.
    `origins` are the places that the claim is taken from, `why` what the author says it is good for.
    """

    id: str = ""
    file: str | None = None
    title: str = ""
    refute: tuple[ClaimResult, ...] = ()
    expected: str = "proved"
    steps: tuple[ClaimResult, ...] = ()
    origins: tuple[str, ...] = ()
    why: str = ""
    hash: str = ""

    def encode(self) -> dict[str, Any]:
        data = {"id": self.id, "file": self.file, "title": self.title, **super().encode()}
        if hash := self.source.digest if self.source is not None else self.hash:
            data["hash"] = hash
        if self.origins:
            data["origins"] = list(self.origins)
        if self.why:
            data["why"] = self.why
        if self.steps:
            data["steps"] = [step.encode() for step in self.steps]
        return {**data, "refute": [variant.encode() for variant in self.refute]}

    @staticmethod
    def restore(data: Mapping[str, Any], expected: str) -> ClaimResult:
        """The result that `encode` wrote; raises KeyError, TypeError or ValueError."""
        return ClaimResult.of(
            Result.decode(data),
            id=str(data["id"]),
            file=data["file"],
            title=str(data["title"]),
            refute=[ClaimResult.restore(variant, "refuted") for variant in data["refute"]],
            expected=expected,
            steps=[ClaimResult.restore(step, "proved") for step in data.get("steps", ())],
            origins=map(str, data.get("origins", ())),
            why=str(data.get("why", "")),
            hash=str(data.get("hash", "")),
        )

    @staticmethod
    def of(
        result: Result,
        *,
        id: str,
        file: str | None,
        title: str = "",
        refute: Iterable[ClaimResult] = (),
        expected: str = "proved",
        steps: Iterable[ClaimResult] = (),
        origins: Iterable[str] = (),
        why: str = "",
        hash: str = "",
    ) -> ClaimResult:
        """The claim's result made from that of its statement."""
        parts = {name: getattr(result, name) for name in Result.__dataclass_fields__}
        return ClaimResult(
            **parts, id=id, file=file, title=title, refute=tuple(refute), expected=expected,
            steps=tuple(steps), origins=tuple(origins), why=why, hash=hash,
        )  # fmt: skip

    def exit_code(self, *, strict: bool = False, lenient: bool = False) -> int:
        """0 when all verdicts, those of the variants too, are as expected; else 1, or 2 for `invalid`."""
        return max(_exit_code(result, strict, lenient) for result in (self, *self.refute))

    def unexpected(self, *, strict: bool = False, lenient: bool = False) -> Iterator[ClaimResult]:
        """The claim and those of its variants whose verdict is not the expected one."""
        for result in (self, *self.refute):
            if _exit_code(result, strict, lenient):
                yield result


@dataclass(frozen=True)
class Results(Sequence[ClaimResult]):
    """The results for some claims, in order; a notebook shows them as a table."""

    claims: tuple[ClaimResult, ...]

    def __len__(self) -> int:
        return len(self.claims)

    @overload
    def __getitem__(self, index: int) -> ClaimResult: ...

    @overload
    def __getitem__(self, index: slice) -> Results: ...

    def __getitem__(self, index: int | slice) -> ClaimResult | Results:
        return self.claims[index] if isinstance(index, int) else Results(self.claims[index])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from symproof.reporting.notebook import table

        return table(self)


def _exit_code(result: ClaimResult, strict: bool, lenient: bool) -> int:
    accepted = {result.expected}
    if result.expected == "proved":
        accepted |= set() if strict else {"supported"}
        accepted |= {"conditional"} if lenient else set()
    if result.verdict in accepted:
        return 0
    return 2 if result.verdict == "invalid" else 1
