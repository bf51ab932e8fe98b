"""The hook for pre-commit, run by pre-commit itself in a repository of somebody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GIT = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main"]


def git(folder: Path, *args: str) -> str:
    return subprocess.run(
        [*GIT, *args], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository that takes the hook from another one; `symproof` is on the path, so nothing is installed."""
    pytest.importorskip("pre_commit")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    hooks, ours, tools = tmp_path / "hooks", tmp_path / "ours", tmp_path / "bin"
    for path in (hooks, ours / "claims", tools):
        path.mkdir(parents=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    git(hooks, "init", "-q")
    git(hooks, "add", ".")
    git(hooks, "commit", "-qm", "hooks")
    (tools / "symproof").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m symproof "$@"\n')
    (tools / "symproof").chmod(0o755)
    git(ours, "init", "-q")
    (ours / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {git(hooks, 'rev-parse', 'HEAD')}\n"
        "  hooks:\n  - id: symproof\n    language: system\n"
    )
    return ours


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "-A")
    home = folder.parent
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(home / "cache"),
        "PATH": os.pathsep.join([str(home / "bin"), os.environ["PATH"]]),
    }
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_hook_decides_claims_and_nothing_else(folder: Path) -> None:
    """A good claim passes; other YAML is not looked at; a false one fails with its witness."""
    (folder / "deploy.yaml").write_text("claim: volume\n")
    (folder / "claims" / "good.yaml").write_text("claim: good\nlet: {x: real}\nprove: x + x = 2 x\n")
    found = run(folder)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "symproof check" in found.stdout and "Passed" in found.stdout
    (folder / "claims" / "bad.yaml").write_text("claim: bad\nlet: {x: real}\nprove: x + x = 3 x\n")
    found = run(folder)
    assert found.returncode == 1
    assert "claims/bad.yaml:3:8" in found.stdout and "at x = 1" in found.stdout
