"""Do the tests of the kernel see it when the kernel is broken?

`python -m tests.kernel.mutation_run` makes small mutants of the modules that check proofs, runs
against each the tests that reach its line, quickest first, until one fails, and reports what
survives.  By default a sample of 300 mutants is drawn with a seed; `--all` takes every one.
Survivors that change nothing are listed with the reason in `equivalent.txt`.

The tests are collected once; a mutant lives in a fork, in which the code of one function is
exchanged.  What stands outside of functions, default arguments included, is tried in a fresh
process.  Time is the processor's, so that a busy machine kills no mutant.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib.util
import math
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.kernel.mutants import Mutant, mutants

ROOT = Path(__file__).parent.parent.parent
KERNEL = ROOT / "symproof" / "kernel"
TESTS = Path(__file__).parent
LISTED = TESTS / "equivalent.txt"
SECONDS = 5  # beyond five times what a test needs without a mutant


def proof_modules() -> list[str]:
    """The modules that `check` needs, itself included."""
    found: set[str] = set()
    pending = ["check"]
    while pending:
        module = pending.pop()
        if module in found:
            continue
        found.add(module)
        for node in ast.walk(ast.parse((KERNEL / f"{module}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("symproof.kernel"):
                rest = (node.module or "").split(".")[2:]
                names = rest or [alias.name for alias in node.names]
                pending += [name for name in names if (KERNEL / f"{name}.py").exists()]
    return sorted(found)


def listed() -> dict[str, str]:
    """Mutants that change nothing, with the reason: `module.py: change: line | reason`."""
    if not LISTED.exists():
        return {}
    lines = [line.rpartition(" | ") for line in LISTED.read_text(encoding="utf-8").splitlines()]
    return {mutant: reason for mutant, _, reason in lines if mutant}


def without_line(mutant: Mutant) -> str:
    return f"{mutant.module}.py: {mutant.change}: {mutant.text}"


class Session:
    """A pytest session that runs mutants in place of its tests."""

    def __init__(self, chosen: list[Mutant], verbose: bool) -> None:
        self.chosen = chosen
        self.verbose = verbose
        self.outcome: dict[Mutant, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        reach, seconds = self.baseline(session.items)
        functions = _functions()
        gc.freeze()
        for k, mutant in enumerate(self.chosen):
            lines = reach.get(mutant.module, {})
            items = lines.get(mutant.line, set())
            if mutant.inside is None or not items:  # what runs on import is reached by no test
                result = _fresh(mutant)
            else:
                order = sorted(items, key=seconds.__getitem__)
                result = _forked(mutant, functions, {item: seconds[item] for item in order})
            self.outcome[mutant] = result
            if self.verbose or result.startswith("survived"):
                print(f"[{k + 1}/{len(self.chosen)}] {result}: {mutant}", flush=True)
        return True

    def baseline(
        self, items: list[pytest.Item]
    ) -> tuple[dict[str, dict[int, set[pytest.Item]]], dict[pytest.Item, float]]:
        """Which tests reach which lines, and how long each takes."""
        paths = {m: str(KERNEL / f"{m}.py") for m in {c.module for c in self.chosen}}
        cov = coverage.Coverage(data_file=None, include=list(paths.values()), config_file=False)
        by_name = {item.nodeid: item for item in items}
        seconds: dict[pytest.Item, float] = {}
        cov.start()
        for item in items:
            cov.switch_context(item.nodeid)
            for cached in _cached():  # each test reaches what it needs, whatever ran before it
                cached.cache_clear()
            begun = time.process_time()
            failed = _fails(item)
            seconds[item] = time.process_time() - begun
            if failed:
                raise SystemExit(f"fails without any mutant: {item.nodeid}")
        cov.stop()
        data = cov.get_data()
        reach: dict[str, dict[int, set[pytest.Item]]] = {}
        for module, path in paths.items():
            lines = data.contexts_by_lineno(path)
            reach[module] = {n: {by_name[c] for c in names if c in by_name} for n, names in lines.items()}
        return reach, seconds


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """The functions alive that were written in the kernel, by file, name and line."""
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(str(KERNEL)):
            found.setdefault(_key(thing.__code__), []).append(thing)
    return found


def _cached() -> list[Any]:
    """What remembers results in the kernel: with a mutant in place they must be found anew."""
    modules = [module for name, module in sys.modules.items() if name.startswith("symproof.kernel.")]
    return [thing for module in modules for thing in vars(module).values() if hasattr(thing, "cache_clear")]


def _key(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part
            yield from _codes(part)


def _forked(
    mutant: Mutant,
    functions: dict[tuple[str, str, int], list[FunctionType]],
    items: dict[pytest.Item, float],
) -> str:
    """Run the tests, each with the seconds that it needs, in a fork with the mutant's code in place."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        try:
            fits = [(f, code) for code in _codes(mutant.code) for f in functions.get(_key(code), ())]
            if any(f.__code__.co_freevars != code.co_freevars for f, code in fits):
                os._exit(3)
            for function, code in fits:
                function.__code__ = code
            for cached in _cached():
                cached.cache_clear()
            for item, seconds in items.items():
                limit = math.ceil(time.process_time() + SECONDS + 5 * seconds)
                resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
                if _fails(item):
                    os._exit(1)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed: time"
    code = os.WEXITSTATUS(status)
    return (
        {0: "survived", 1: "killed", 3: "killed: closure"}.get(code, "killed")
        if code != 3
        else _fresh(mutant)
    )


def _fresh(mutant: Mutant) -> str:
    """Run all the tests in a new process that imports the mutant for the module."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.kernel.mutation_run", "--import", mutant.module, str(mutant.place), str(mutant.edit)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=1200, check=False,
    )  # fmt: skip
    return "killed" if run.returncode else "survived"


class Finder:
    """An importer that puts a mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = f"symproof.kernel.{mutant.module}"

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self, origin=str(KERNEL / f"{self.mutant.module}.py"))  # type: ignore[arg-type]

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: Any) -> None:
        exec(self.mutant.code, module.__dict__)  # noqa: S102  (our own source, changed)


def alone(module: str, place: int, edit: int) -> int:
    """Run the tests with one mutant imported."""
    (mutant,) = [m for m in mutants(module, KERNEL / f"{module}.py") if (m.place, m.edit) == (place, edit)]
    sys.meta_path.insert(0, Finder(mutant))  # type: ignore[arg-type]
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", str(TESTS)]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Break the kernel in small ways and see the tests fail.")
    parser.add_argument("--sample", type=int, default=300, help="how many mutants (default 300)")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", action="append", help="only this module; may be repeated")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--import", nargs=3, dest="one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return alone(options.one[0], int(options.one[1]), int(options.one[2]))
    found = [m for name in options.module or proof_modules() for m in mutants(name, KERNEL / f"{name}.py")]
    chosen = (
        found if options.all else random.Random(options.seed).sample(found, min(options.sample, len(found)))
    )
    session = Session(chosen, options.verbose)
    pytest.main(["-s", "-p", "no:cacheprovider", "-p", "no:terminal", str(TESTS)], plugins=[session])
    return report(found, session.outcome)


def report(found: list[Mutant], outcome: dict[Mutant, str]) -> int:
    """Print what survived and the share that was killed."""
    known = listed()
    survived = [m for m, result in outcome.items() if result.startswith("survived")]
    harmless = [m for m in survived if without_line(m) in known]
    killed = len(outcome) - len(survived)
    print(
        f"\n{len(found)} mutants of {len(proof_modules())} modules, {len(outcome)} tried: {killed} killed, ",
        end="",
    )
    print(f"{len(survived)} survived, of which {len(harmless)} change nothing")
    for mutant in survived:
        print(f"  {mutant}: {known.get(without_line(mutant), outcome[mutant])}")
    counted = len(outcome) - len(harmless)
    share = 100 * killed / counted if counted else 0
    print(f"killed: {share:.1f} %")
    return 0 if share >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
