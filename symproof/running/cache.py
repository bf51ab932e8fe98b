"""What was found out before: one file a result, written whole or not at all.

A result is filed under a hash of the statement, the options that could change
the verdict, and the program itself, so nothing stale is ever found.  Files are
written beside their place and moved there, which the system does in one step:
a kill at any moment and a second run at the same time do no harm.  Each file is
signed with a key that stays in the user's home; a file that is damaged, was
edited, or came from someone else is not believed and its statement is decided
again.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from symproof import __version__

FOLDER = ".symproof"
_WEEK = 7 * 86400.0


@cache
def fingerprint() -> str:
    """A hash of this program: its version and every source and data file."""
    found = hashlib.sha256(__version__.encode())
    root = Path(__file__).resolve().parent.parent
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = os.path.join(folder, name)
            found.update(os.path.relpath(path, root).encode() + b"\0")
            with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:  # an editor's draft
                found.update(hashlib.sha256(file.read()).digest())
    return found.hexdigest()


class Cache:
    """The results under one folder; one that cannot be written to forgets."""

    def __init__(self, folder: Path, key: bytes | None = None) -> None:
        self._folder = folder
        self._results = folder / fingerprint()[:16]
        self._key = key if key is not None else _secret()
        self._count = 0
        self.problem: str | None = None

    def get(self, name: str, kind: str = "json") -> dict[str, Any] | None:
        """What was put under the name, if it is there and untouched."""
        try:
            mark, _, body = self._path(name, kind).read_bytes().partition(b"\n")
        except OSError:
            return None
        if not hmac.compare_digest(mark, self._mark(name, body)):
            return None
        data = json.loads(body)
        return data if isinstance(data, dict) else None

    def put(self, name: str, data: dict[str, Any], kind: str = "json") -> None:
        """Keep the data under the name; `json` is the kind of a single statement's result."""
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        path = self._path(name, kind)
        self._count += 1
        draft = path.with_name(f".{name[:16]}-{os.getpid()}-{self._count}.draft")
        try:
            self._prepare(path.parent)
            draft.write_bytes(self._mark(name, body) + b"\n" + body)
            draft.replace(path)
        except OSError as error:
            self.problem = f"results are not kept: {error.strerror}: {self._folder}"
            with contextlib.suppress(OSError):
                draft.unlink()

    def entries(self) -> Iterator[tuple[Path, bytes]]:
        """Every statement's file and data, in order, believed or not; another version's if there is none."""
        folder = self._results
        if not folder.is_dir() and self._folder.is_dir():
            others = [path for path in self._folder.iterdir() if path.is_dir()]
            folder = max(others, key=lambda path: path.stat().st_mtime, default=folder)
        for path in sorted(folder.glob("*/*.json")):
            yield path, path.read_bytes().partition(b"\n")[2]

    def _path(self, name: str, kind: str) -> Path:
        return self._results / name[:2] / f"{name}.{kind}"

    def _mark(self, name: str, body: bytes) -> bytes:
        return hmac.new(self._key, name.encode() + b"\0" + body, "sha256").hexdigest().encode()

    def _prepare(self, folder: Path) -> None:
        """Make the folder; the first time also tell git to pass it by, and clear out what is old."""
        if self._count == 1:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._clear()
        folder.mkdir(parents=True, exist_ok=True)
        if self._count == 1:
            os.utime(self._results)

    def _clear(self) -> None:
        """Remove the results of other versions of the program that nobody used for a week."""
        import shutil

        old = time.time() - _WEEK
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder != self._results and folder.stat().st_mtime < old:
                shutil.rmtree(folder, ignore_errors=True)


def _secret() -> bytes:
    """This user's key; where it can be neither read nor kept, one for this run alone."""
    home = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    path = Path(home, "symproof", "key")
    fresh = os.urandom(32)
    try:
        with contextlib.suppress(FileNotFoundError):
            return _whole(path.read_bytes(), fresh)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".key-{os.getpid()}-{fresh.hex()[:8]}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
        with contextlib.suppress(FileExistsError):  # another run was first: its key is the key
            os.link(draft, path)
        draft.unlink()
        return _whole(path.read_bytes(), fresh)
    except OSError:
        return fresh


def _whole(key: bytes, otherwise: bytes) -> bytes:
    return key if len(key) == len(otherwise) else otherwise
