"""Marks: one submission, question by question and line by line.

`grading` is a generator: it reads, keeps account of what a derivation has shown so far, and yields an `Ask`
wherever something must be proved or refuted; a runner sends the answer back, or None where it was lost.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace

from symproof.grading.answers import Written, answer_lines
from symproof.grading.asking import Answer, Ask, answer
from symproof.grading.assignments import Assignment, Question
from symproof.grading.judging import Judgement
from symproof.grading.meaning import RELATIONS, Meaning, Named, Understanding, Unread
from symproof.grading.points import Account, awarded
from symproof.grading.results import Graded, Line, Mark, Repair, Role, apart
from symproof.grading.results import Question as Marked
from symproof.grading.setting import TRUE, Setting, members, offset, substitute_place
from symproof.kernel.statement import Definition, Statement
from symproof.reading.latex import Document, read_document
from symproof.reading.problems import Problem
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import decode
from symproof.terms.plain import plain
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

Asked = Generator[Ask, Answer | None, Judgement]
Asking = Generator[Ask, Answer | None, Graded]
MAX_LINES = 2000  # of one question; what comes behind is left to a person
SECONDS = 10.0
MOST = 6  # readings of one line that are tried
RECENT = 30  # earlier lines that a line may follow from
UNPROVED = "by a lemma of the assignment that is not proved"
LOST = Judgement("undecided", message="it took too long")


def grading(assignment: Assignment, text: str, name: str, seconds: float = SECONDS) -> Asking:
    """Grade one submission; `seconds` is what one ask may take."""
    try:
        document = read_document(text, name)
    except Problem as problem:
        return Graded(name, assignment.id, 0.0, assignment.max_points, (), assignment.feedback, str(problem))
    marked = []
    known = {question.find.question for question in assignment.questions}
    for question in assignment.questions:
        marked.append((yield from _question(question, document, known, seconds)))
    points = round(sum(question.points for question in marked), 2)
    return Graded(name, assignment.id, points, assignment.max_points, tuple(marked), assignment.feedback)


def grade_one(assignment: Assignment, text: str, name: str, seconds: float = SECONDS) -> Graded:
    """Grade one submission in this process, which nothing stops: for trusted texts."""
    asking, reply = grading(assignment, text, name, seconds), None
    while True:
        try:
            ask = asking.send(reply)
        except StopIteration as stop:
            graded: Graded = stop.value
            return graded
        reply = answer(ask, lambda stage, seconds, state: None)


def question_lines(
    question: Question, text: str, seconds: float
) -> Generator[Ask, Answer | None, tuple[Line, ...]]:
    """The marked lines of the answer to one question, for tests and measurements."""
    marked = yield from _question(
        question, read_document(text, question.name), {question.find.question}, seconds
    )
    return marked.lines


def _question(
    question: Question, document: Document, known: Iterable[str], seconds: float
) -> Generator[Ask, Answer | None, Marked]:
    written = answer_lines(document, question.find, known)
    blank = Marked(
        question.name, question.title, question.claim, 0.0, question.points,
        needs_person=question.person, found=written is not None,
    )  # fmt: skip
    if written is None:
        return replace(blank, message="no answer was found")
    if question.pieces is None:
        return replace(blank, message="a person marks this question")
    marker = _Marker(question, document, seconds)
    for item in written[:MAX_LINES]:
        yield from marker.line(item)
    marked = awarded(blank, question, marker.account, marker.lines)
    if marker.faults:
        marked = replace(marked, needs_person=True, message="; ".join(marker.faults))
    if len(written) > MAX_LINES:
        marked = replace(marked, needs_person=True, message=f"only the first {MAX_LINES} lines were read")
    return marked


@dataclass
class _Chain:
    """A chain of relations: where it began, the signs on the way, whether all its links hold."""

    head: Term
    line: int
    signs: list[str] = field(default_factory=list)
    sound: bool = True


class _Marker:
    """Marks the lines of one answer, in order."""

    def __init__(self, question: Question, document: Document, seconds: float) -> None:
        self.question, self.document, self.seconds = question, document, seconds
        scope, targets = question.setting()
        steps = tuple(term for step in question.steps for term in step.shows)
        base = Statement(tuple(scope.symbols.values()), scope.definitions, tuple(scope.hypotheses), TRUE)
        self.asked = self.setting = Setting(base, (*targets, *steps))
        self.lemmas: tuple[list[Term], list[Term]] | None = None  # proved, and not; None: not asked
        self.faults: list[str] = []  # of the assignment
        self.understanding = Understanding(question, scope)
        self.account = Account(len(targets))
        self.lines: list[Line] = []
        self.shown: list[Term] = []  # what follows, in order
        self.assumed: list[Term] = []
        self.inductive: list[Term] = []  # hypotheses of an induction
        self.wrong: list[tuple[Term, int]] = []  # and the number of its line in the file
        self.known_wrong: set[Term] = set()
        self.keys: dict[str, int] = {}  # what was said already, and in which line of the file
        self.chain: _Chain | None = None
        self.tail: Term | None = None
        self.steps = 0

    # --- one line ----------------------------------------------------------------------------

    def line(self, item: Written) -> Generator[Ask, Answer | None, None]:
        """Mark one line."""
        if item.line.kind == "expression" and item.line.problem is None:
            self._put(item, Mark.PROSE, message="it states nothing")
            self.chain = self.tail = None
            return
        said = self._read(item)
        if isinstance(said, Unread):
            mark = Mark.UNREADABLE if item.display else Mark.PROSE
            self._put(item, mark, message=said.message)
            self._broken(item)
        elif isinstance(said, Named):
            self.setting = self.setting.defining(Definition(said.name, (), said.term))
            self._put(item, Mark.FOLLOWS, Role.DEFINITION, read_as=f"{said.name} = {plain(said.term)}")
            self.chain = self.tail = None
        else:
            yield from self._statement(item, said[:MOST])

    def _read(self, item: Written) -> list[Meaning] | Named | Unread:
        """What the line says; a fault of the reader in one line must not lose the others."""
        try:
            return self.understanding.line(item.line, self.tail, self.chain.head if self.chain else None)
        except Exception as error:
            return Unread(f"it could not be read ({type(error).__name__})")

    def _broken(self, item: Written) -> None:
        """What follows a line that was not read goes on from something unknown."""
        if item.line.sign:
            self.tail = None
            if self.chain is not None:
                self.chain.sound = False

    def _statement(self, item: Written, said: list[Meaning]) -> Generator[Ask, Answer | None, None]:
        meaning, judged, under = yield from self._judged(said)
        if judged.holds:
            yield from self._holds(item, meaning, judged, under)
        elif judged.verdict == "refuted":
            yield from self._refuted(item, meaning, judged, len(said) == 1)
        elif meaning.renamed:
            self._put(item, Mark.UNREADABLE, message=f"a name is not declared; {'; '.join(meaning.slips)}")
            self._broken(item)
        else:
            supposes = item.supposed and (yield from self._admitted(meaning.term))
            if self._induction(meaning.term):
                self._suppose_induction(item, meaning)
            elif supposes:
                self._assume(item, meaning, judged)
            else:
                self._put(item, Mark.OPEN, said=meaning, judged=judged, message=_undecided(judged))
            self._link(item, meaning, sound=False)

    def _judged(self, said: list[Meaning]) -> Generator[Ask, Answer | None, tuple[Meaning, Judgement, bool]]:
        """The reading that holds, or the first one, with its verdict; the last: only under assumptions."""
        first: tuple[Meaning, Judgement] | None = None
        for meaning in said:
            judged = yield from self._judge(self.setting, meaning.term)
            if judged.holds:
                return meaning, judged, False
            if judged.verdict == "refuted" and meaning.rounded is not None:
                rounded = yield from self._judge(self.setting, meaning.rounded)
                if rounded.holds:
                    return meaning, replace(rounded, near=True, reaches=self._values(meaning)), False
            first = first or (meaning, judged)
        assert first is not None
        meaning, judged = first
        facts = [*self.inductive, *self.assumed]
        trusted: list[Term] = []
        if judged.verdict != "refuted":
            proved, trusted = yield from self._lemmas()
            facts += [*self.shown[-RECENT:], *proved]
        for known, message in ((facts, ""), ([*facts, *trusted] if trusted else [], UNPROVED)):
            for other in said if known else ():
                again = yield from self._judge(self.setting.assuming(*known), other.term)
                if again.holds:
                    lemma = again.given and judged.verdict != "refuted"  # what is used is not given
                    again = replace(again, given=False, verdict="proved") if lemma else again
                    return other, replace(again, message=message), bool(self.assumed)
        return meaning, judged, False

    def _lemmas(self) -> Generator[Ask, Answer | None, tuple[list[Term], list[Term]]]:
        """The lemmas of the question that are proved, each with those before it, and those that are not."""
        if self.lemmas is None:
            proved, trusted = self.lemmas = [], []
            for lemma in self.question.lemmas:
                judged = yield from self._judge(self.asked.assuming(*proved), lemma)
                if judged.verdict == "refuted":
                    self.faults.append(f"the lemma `{plain(lemma)}` of the assignment is false and not used")
                else:
                    (proved if judged.holds else trusted).append(lemma)
        return self.lemmas

    def _values(self, meaning: Meaning) -> tuple[int, ...]:
        """The targets of which a line with rounded numbers gives the value."""
        key = self.setting.canon.key
        left = None if meaning.left is None else key(meaning.left)
        targets = enumerate(self.setting.targets)
        return tuple(k for k, target in targets if target.op == "eq" and key(target.args[0]) == left)

    def _judge(self, setting: Setting, term: Term) -> Asked:
        guarded = setting.assuming(*setting.guards(term))
        reply = yield Ask("judge", guarded, term, self.seconds)
        return Judgement.decode(reply) if reply else LOST

    # --- a line that holds --------------------------------------------------------------------

    def _holds(
        self, item: Written, meaning: Meaning, judged: Judgement, under: bool
    ) -> Generator[Ask, Answer | None, None]:
        key = self.setting.canon.key(meaning.term)
        number = self._number(item)
        self._link(item, meaning, sound=True)
        reaches = judged.reaches
        whole = self._whole()
        if whole is not None:
            reply = yield Ask("reach", self.setting, whole, self.seconds)
            reaches = (*reaches, *(k for k in (reply or {}).get("reaches", ()) if k not in reaches))
        elif self.chain is not None and not self.chain.sound and len(self.chain.signs) > 1:
            reaches = yield from self._despite(reaches)
        role = Role.STEP
        if judged.trivial or key in self.keys:
            role = Role.REPEATED
        elif judged.given:
            role = Role.GIVEN
        if reaches and (role is not Role.GIVEN or self.question.task == "find"):
            told = judged.restates if whole is None else ()
            role = self._reached(role, reaches, told, number, under)
        if role in (Role.STEP, Role.RESULT):
            self.steps += 1
        if role is not Role.JUMP and key not in self.keys:
            self.shown.append(meaning.term)
        self.keys.setdefault(key, number)
        self._put(
            item, Mark.FOLLOWS, role, said=meaning, judged=judged, message=self._why(role, judged, key, under)
        )

    def _reached(
        self, role: Role, reaches: tuple[int, ...], told: tuple[int, ...], number: int, under: bool
    ) -> Role:
        """Account for the targets that the line states; to repeat what was told takes a step before."""
        if under:
            self.account.supposed = True
            return role
        found = role
        for target in reaches:
            earned = self.question.task == "find" or self.steps > 0 or target not in told
            book = self.account.reached if earned else self.account.jumped
            book.setdefault(target, number)
            if target < self.account.targets:
                found = Role.RESULT if earned else Role.JUMP
        return found

    def _despite(self, reaches: tuple[int, ...]) -> Generator[Ask, Answer | None, tuple[int, ...]]:
        """The targets that a chain with a broken link states from its first side to its last."""
        whole = self._whole(broken=True)
        if whole is None:
            return reaches
        judged = yield from self._judge(self.setting, whole)
        return tuple(dict.fromkeys((*reaches, *judged.reaches))) if judged.holds else reaches

    def _why(self, role: Role, judged: Judgement, key: str, under: bool) -> str:
        said = []
        if role is Role.REPEATED:
            line = None if judged.trivial else self.keys.get(key)
            said.append(f"says what line {line} says" if line else "both sides are the same")
        elif role is Role.GIVEN:
            said.append("this is given")
        elif role is Role.JUMP:
            said.append("restates what is to be shown; no step leads there")
        elif role is Role.RESULT:
            said.append("what was to be shown" if self.question.task == "show" else "the result")
        if judged.conditions:
            said.append("provided that " + " and ".join(judged.conditions))
        if under:
            said.append("under an assumption of the answer")
        if judged.message:
            said.append(judged.message)
        return "; ".join(said)

    # --- a line that fails ----------------------------------------------------------------------

    def _refuted(
        self, item: Written, meaning: Meaning, judged: Judgement, only: bool
    ) -> Generator[Ask, Answer | None, None]:
        if self._induction(meaning.term):
            self._suppose_induction(item, meaning)
            return
        supposes = item.supposed or (item.names and not item.display)
        if supposes and not self._claims(meaning) and (yield from self._admitted(meaning.term)):
            self._assume(item, meaning, judged)
            self._link(item, meaning, sound=False)
            return
        number = self._number(item)
        setting = self.setting.assuming(*self.setting.guards(meaning.term))
        source = None
        if self.wrong:
            recent = self.wrong[-RECENT:]
            wrong = tuple(term for term, _ in recent)
            source = yield Ask(
                "trace", setting, meaning.term, self.seconds, wrong, deep=self._claims(meaning)
            )
        repair = None if source else (yield from self._mended(setting, meaning.term, judged))
        if meaning.renamed and not (only and repair):
            self._put(item, Mark.UNREADABLE, message=f"a name is not declared; {'; '.join(meaning.slips)}")
            self._broken(item)
            return
        if source:
            if source["empty"]:
                self.account.empty.add(len(self.lines))
            elif self._claims(meaning):
                self.account.carried = True
            why = f"follows from the mistake in line {recent[source['line']][1]}"
            self._put(
                item, Mark.CARRIED, said=meaning, judged=judged, message=f"{why}; {apart(judged.witness)}"
            )
        else:
            self._put(
                item, Mark.WRONG, said=meaning, judged=judged, repair=repair, message=apart(judged.witness)
            )
        if meaning.term not in self.known_wrong:
            self.known_wrong.add(meaning.term)
            self.wrong.append((meaning.term, number))
        self._link(item, meaning, sound=False)
        reaches = yield from self._despite(())
        if reaches:  # the ends of the chain state it all the same
            self._reached(Role.NONE, reaches, reaches, number, under=False)

    def _mended(
        self, setting: Setting, line: Term, judged: Judgement
    ) -> Generator[Ask, Answer | None, Repair | None]:
        """The smallest change that makes the line right and provable."""
        reply = (yield Ask("mend", setting, line, self.seconds, witness=judged.data)) or {}
        for candidate in reply.get("candidates", ()):
            if not reply["shown"]:
                found = yield from self._judge(self.setting, decode(candidate["line"]))
                if found.verdict != "proved":
                    continue
            return Repair.decode(candidate["repair"])
        return None

    def _claims(self, meaning: Meaning) -> bool:
        """Is it about what was to be found: has it a side of a target as one of its own?"""
        key = self.setting.canon.key
        mine = {key(side) for side in (meaning.left, meaning.right) if side is not None}
        return any(
            target.op in RELATIONS and {key(side) for side in target.args} & mine
            for target in self.setting.targets[: self.account.targets]
        )

    def _admitted(self, term: Term) -> Generator[Ask, Answer | None, bool]:
        """Can it hold together with the hypotheses?"""
        reply = yield Ask("admit", self.setting, term, self.seconds)
        return bool(reply and reply.get("admits"))

    def _suppose_induction(self, item: Written, meaning: Meaning) -> None:
        self.inductive.append(meaning.term)
        self.keys.setdefault(self.setting.canon.key(meaning.term), self._number(item))
        self._put(item, Mark.FOLLOWS, Role.GIVEN, said=meaning, message="the hypothesis of the induction")

    def _induction(self, term: Term) -> bool:
        """Is it what was to be shown, for an earlier member of the sequence?"""
        for target in self.setting.targets[: self.account.targets]:
            for name in {offset(place)[0] for _, place in members(target, free_symbols(target))} - {None}:
                assert name is not None
                for back in range(1, 4):
                    earlier = substitute_place(target, name, make("add", sym(name, INTEGER), num(-back)), 0)
                    if self.setting.canon.key(earlier) == self.setting.canon.key(term):
                        return True
        return False

    def _assume(self, item: Written, meaning: Meaning, judged: Judgement) -> None:
        """A supposition; it stays in force where the words say "assume"."""
        if item.lasting:
            self.assumed.append(meaning.term)
            self._put(item, Mark.ASSUMED, said=meaning, judged=judged, message="this is not given")
        elif item.display:
            self._put(item, Mark.ASSUMED, said=meaning, message="this is not given")
        else:
            self._put(item, Mark.PROSE, message="a condition")

    # --- chains -----------------------------------------------------------------------------------

    def _link(self, item: Written, meaning: Meaning, sound: bool) -> None:
        """Go on with the chain, or begin one."""
        self.tail = meaning.right
        if (
            meaning.left is None
            or meaning.term.op not in RELATIONS
            and meaning.term.op not in ("and", "implies")
        ):
            self.chain = None
            return
        sign = _SIGNS.get(item.line.sign, "")
        if not item.line.continued or self.chain is None:
            self.chain = _Chain(meaning.left, self._number(item))
            if item.line.continued:
                self.chain.sound = False  # its beginning was not read
        self.chain.signs.append(sign)
        self.chain.sound = self.chain.sound and sound

    def _whole(self, broken: bool = False) -> Term | None:
        """What a chain says from its first side to its last."""
        chain = self.chain
        if chain is None or self.tail is None or len(chain.signs) < 2 or chain.sound is broken:
            return None
        sign = _joined(chain.signs)
        try:
            return make(sign, chain.head, self.tail) if sign else None
        except Mistyped:
            return None

    # --- the result ---------------------------------------------------------------------------------

    def _number(self, item: Written) -> int:
        return self.document.place(item.line.start)[0]

    def _put(
        self,
        item: Written,
        mark: Mark,
        role: Role = Role.NONE,
        *,
        said: Meaning | None = None,
        judged: Judgement | None = None,
        repair: Repair | None = None,
        read_as: str = "",
        message: str = "",
    ) -> None:
        line, column = self.document.place(item.line.start)
        end_line, end_column = self.document.place(max(item.line.start, item.line.end - 1))
        self.lines.append(
            Line(
                line, column, end_line, end_column + 1, item.line.text, mark,
                read_as=plain(said.term) if said else read_as,
                role=role,
                verdict=judged.verdict if judged else "",
                witness=judged.witness if judged else None,
                repair=repair,
                slips=said.slips if said else (),
                message=message,
            )
        )  # fmt: skip


_SIGNS = {
    "=": "eq", ":=": "eq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip


def _joined(signs: list[str]) -> str | None:
    """The relation between the ends of a chain."""
    kinds = set(signs) - {"eq"}
    if not kinds:
        return "eq"
    for strict, weak in (("lt", "le"), ("gt", "ge")):
        if kinds <= {strict, weak}:
            return strict if strict in kinds else weak
    return None


def _undecided(judged: Judgement) -> str:
    if judged.verdict == "supported":
        return "numbers agree, but it was not proved"
    return judged.message or "it was neither proved nor refuted"
