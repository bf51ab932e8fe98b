"""symproof and its peers: for each a function that loads it and returns what answers questions."""

from __future__ import annotations

import importlib.util
import re
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from benchmarks.corpus import Question
from benchmarks.texts import Giac, Maxima, Untold
from benchmarks.workers import Ask
from symproof.kernel.statement import Statement
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

TIMEOUT = 5.0


def timed(act: Callable[[], str]) -> tuple[str, float]:
    began = time.process_time()
    try:
        said = act()
    except Exception:  # whatever a tool raises, it has not decided
        said = "crash"
    return said, time.process_time() - began


def symproof() -> Ask:
    """symproof itself: methods, the kernel's check and the challenge, in one process."""
    from symproof.engine import Options, decide

    words = {"proved": "true", "refuted": "false", "undecided": "open", "invalid": "invalid"}

    def ask(question: Question) -> tuple[str, float]:
        statement = question.statement()

        def act() -> str:
            verdict = decide(statement, Options(timeout=TIMEOUT)).verdict
            return words.get(verdict, verdict)

        return timed(act)

    return ask


# --- peers that take sympy's expressions ----------------------------------------------------------


def _in_sympy(statement: Statement) -> tuple[Any, Term]:
    from symproof.methods.sympy_bridge import Bridge

    return Bridge(statement), statement.goal


def sympy_simplify() -> Ask:
    """`simplify(lhs - rhs)`: 0 is true, another number false, anything else left open."""
    import sympy

    from symproof.methods.sympy_reader import Untranslatable

    def ask(question: Question) -> tuple[str, float]:
        try:
            bridge, goal = _in_sympy(question.statement())
            equation = goal.op == "eq" and isinstance(goal.args[0].type, Scalar)
            told = [bridge.to(side) for side in goal.args] if equation else [bridge.to(goal)]
        except Untranslatable:
            return "untold", 0.0

        def act() -> str:
            if not equation:
                found = sympy.simplify(told[0].doit())
                return {sympy.true: "true", sympy.false: "false"}.get(found, "open")
            found = sympy.simplify((told[0] - told[1]).doit())
            if found == 0:
                return "true"
            return "false" if found.is_number and abs(found.evalf(20)) > 1e-9 else "open"

        return timed(act)

    return ask


def sympy_equals() -> Ask:
    """`Expr.equals`."""
    from symproof.methods.sympy_reader import Untranslatable

    def ask(question: Question) -> tuple[str, float]:
        try:
            bridge, goal = _in_sympy(question.statement())
            if goal.op != "eq":
                return "untold", 0.0
            left, right = (bridge.to(side) for side in goal.args)
        except Untranslatable:
            return "untold", 0.0
        return timed(lambda: {True: "true", False: "false"}.get(left.doit().equals(right.doit()), "open"))

    return ask


def math_verify() -> Ask:
    """Math-Verify's comparison of two expressions: it says yes or no."""
    import math_verify

    from symproof.methods.sympy_reader import Untranslatable

    def ask(question: Question) -> tuple[str, float]:
        try:
            bridge, goal = _in_sympy(question.statement())
            if goal.op != "eq":
                return "untold", 0.0
            left, right = (bridge.to(side) for side in goal.args)
        except Untranslatable:
            return "untold", 0.0

        def act() -> str:
            sides = [left.doit()], [right.doit()]
            same = math_verify.verify(*sides, timeout_seconds=None, raise_on_error=True)
            return "true" if same else "false"

        return timed(act)

    return ask


# --- Z3 ---------------------------------------------------------------------------------------------


def z3() -> Ask:
    """Z3: the opposite of the statement has no model, or it has one."""
    import z3 as Z

    from benchmarks.smt import Smt

    def ask(question: Question) -> tuple[str, float]:
        statement = question.statement()
        try:
            smt = Smt(statement)
            asserted = smt.problem()
        except Untold:
            return "untold", 0.0

        def act() -> str:
            solver = Z.Solver()
            solver.set("timeout", int(TIMEOUT * 1000))
            solver.add(*asserted)
            found = solver.check()
            return "true" if found == Z.unsat else "false" if found == Z.sat else "open"

        return timed(act)

    return ask


# --- FLINT -------------------------------------------------------------------------------------------


def flint() -> Ask:
    """FLINT's polynomials: both sides multiplied out, for equations of polynomials alone."""
    from flint import Ordering, fmpq, fmpq_mpoly_ctx

    def value(context: Any, names: list[str], term: Term) -> Any:
        if term.op == "num":
            assert isinstance(term.data, Fraction)
            return context.constant(fmpq(term.data.numerator, term.data.denominator))
        if term.op == "sym" and term.data in names:
            return context.gen(names.index(str(term.data)))
        if term.op == "neg":
            return -value(context, names, term.args[0])
        if term.op == "pow" and term.args[1].op == "num" and _natural(term.args[1].data):
            return value(context, names, term.args[0]) ** int(term.args[1].data)  # type: ignore[call-overload]
        if term.op == "div" and term.args[1].op == "num":
            below = term.args[1].data
            assert isinstance(below, Fraction)
            return value(context, names, term.args[0]) * fmpq(below.denominator, below.numerator)
        if term.op in ("add", "mul"):
            parts = [value(context, names, arg) for arg in term.args]
            total = parts[0]
            for part in parts[1:]:
                total = total + part if term.op == "add" else total * part
            return total
        raise Untold(term.op)

    def ask(question: Question) -> tuple[str, float]:
        statement = question.statement()
        names = [s.name for s in statement.symbols]
        plain = not statement.hypotheses and all(isinstance(s.type, Scalar) for s in statement.symbols)
        if statement.goal.op != "eq" or not names or not plain:
            return "untold", 0.0
        context = fmpq_mpoly_ctx.get(names, Ordering.lex)
        left, right = statement.goal.args

        def act() -> str:
            return "true" if value(context, names, left) == value(context, names, right) else "false"

        try:
            act()
        except Untold:
            return "untold", 0.0
        return timed(act)

    return ask


def _natural(value: object) -> bool:
    return isinstance(value, Fraction) and value.denominator == 1 and value >= 0


# --- Maxima and Giac -----------------------------------------------------------------------------------

_MAXIMA = """display2d:false$ simpsum:true$ simpproduct:true$ logexpand:true$ m1pbranch:true$
tell(w):=(print(w), finish)$
zero(d):=block([e,f], e:errcatch(fullratsimp(d)), if e=[0] then return(true),
  e:errcatch(fullratsimp(radcan(trigreduce(trigexpand(d))))), if e=[0] then return(true),
  f:errcatch(fullratsimp(minfactorial(makefact(radcan(rootscontract(d)))))), if f=[0] then return(true),
  if e#[] and constantp(e[1]) and numberp(float(e[1])) and abs(float(e[1]))>1.0e-9
  then return(false), unknown)$
ask_equal(l,r):=block([s], s:errcatch(is(equal(l,r))),
  if s#[true] and s#[false] then s:errcatch(zero(l-r)),
  if s=[true] then tell("@true") elseif s=[false] then tell("@false") else tell("@open"))$
ask_order(p):=block([s], s:errcatch(is(p)),
  if s=[true] then tell("@true") elseif s=[false] then tell("@false") else tell("@open"))$
"""


class MaximaSession:
    """One Maxima, asked by text; a question of its own (`Is a positive?`) has no answer here."""

    def __init__(self) -> None:
        self.process: Any = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["maxima", "--very-quiet"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.tell(_MAXIMA + 'print("@ready")$')
        self.listen(20.0)

    def tell(self, text: str) -> None:
        self.process.stdin.write(text.encode() + b"\n")
        self.process.stdin.flush()

    def seconds(self) -> float:
        """The processor time of the other process."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def listen(self, limit: float) -> str:
        heard, end = b"", time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return "time"
            chunk = self.process.stdout.read1(4096)
            heard += chunk
            found = re.search(rb"@(\w+)", heard)
            if found:
                return found[1].decode()
            if not chunk or re.search(rb"\?\s*$", heard):
                return "open" if chunk else "crash"
        return "time"

    def ask(self, question: Question) -> tuple[str, float]:
        try:
            statement = question.statement()
            commands = Maxima(statement).commands(statement)
        except Untold:
            return "untold", 0.0
        if self.process is None:
            self.start()
        before = self.seconds()
        self.tell(commands.replace("\n", " "))
        said = self.listen(TIMEOUT)
        taken = self.seconds() - before
        if said in ("true", "false"):
            names = ",".join(Maxima(statement).names.values())
            self.tell(f"(forget(facts()), kill({names or 'none'}))$")
        else:
            self.process.kill()
            self.process.wait()
            self.process = None
        return said, taken


def maxima() -> Ask:
    """Maxima: `is(equal(l, r))`, then its simplifiers in a chain, as STACK does."""
    return MaximaSession().ask


def giac() -> Ask:
    """Giac: `simplify(l - r)`."""
    from giacpy import giac as evaluate

    def ask(question: Question) -> tuple[str, float]:
        statement = question.statement()
        try:
            language = Giac(statement)
            told, asked = language.commands(statement)
        except Untold:
            return "untold", 0.0

        def act() -> str:
            for text in told:
                evaluate(text)
            found = str(evaluate(asked))
            if found == "0":
                return "true"
            number = str(evaluate(f"evalf({found})"))
            plain = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", number)
            return "false" if plain and abs(float(number)) > 1e-9 else "open"

        answer = timed(act)
        for name in language.names.values():
            evaluate(f"purge({name})")
        return answer

    return ask


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


# The tools by the names that the table shows, and whether each is installed.
TOOLS: dict[str, tuple[Callable[[], Ask], Callable[[], bool]]] = {
    "symproof": (symproof, lambda: True),
    "sympy simplify": (sympy_simplify, lambda: _has("sympy")),
    "sympy equals": (sympy_equals, lambda: _has("sympy")),
    "Math-Verify": (math_verify, lambda: _has("math_verify")),
    "Maxima": (maxima, lambda: shutil.which("maxima") is not None),
    "Giac": (giac, lambda: _has("giacpy")),
    "Z3": (z3, lambda: _has("z3")),
    "FLINT": (flint, lambda: _has("flint")),
}
