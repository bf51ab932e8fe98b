"""The cache gives back what was put in, or nothing: after kills, in crowds, and when files were edited."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from symproof.running.cache import Cache, fingerprint

KEY = b"k" * 32
NAME = "ab" + "0" * 62


@pytest.fixture
def store(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".symproof", KEY)


def only_file(store: Cache) -> Path:
    [(path, _)] = store.entries()
    return path


def test_what_was_put_is_found_by_another_run(store: Cache, tmp_path: Path) -> None:
    """A second cache on the same folder reads what the first wrote."""
    store.put(NAME, {"verdict": "proved", "β": "1/2"})
    assert Cache(tmp_path / ".symproof", KEY).get(NAME) == {"verdict": "proved", "β": "1/2"}
    assert store.get("cd" + "0" * 62) is None


def test_every_damaged_file_is_ignored(store: Cache) -> None:
    """Each single changed byte and each truncation makes the entry unreadable, never different."""
    data = {"verdict": "refuted", "witness": {"x": "1"}}
    store.put(NAME, data)
    path = only_file(store)
    whole = path.read_bytes()
    for k in range(len(whole)):
        path.write_bytes(whole[:k] + bytes([whole[k] ^ 1]) + whole[k + 1 :])
        assert store.get(NAME) is None
        path.write_bytes(whole[:k])
        assert store.get(NAME) is None
    path.write_bytes(whole)
    assert store.get(NAME) == data


def test_an_edited_entry_is_not_believed(store: Cache) -> None:
    """Turning `refuted` into `supported` by hand, with a plain hash in front, is noticed."""
    import hashlib

    store.put(NAME, {"verdict": "refuted"})
    path = only_file(store)
    body = json.dumps({"verdict": "supported"}).encode()
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert store.get(NAME) is None


def test_an_entry_of_someone_else_is_not_believed(tmp_path: Path) -> None:
    """A cache that came with a repository was signed with another key."""
    Cache(tmp_path, b"x" * 32).put(NAME, {"verdict": "supported"})
    assert Cache(tmp_path, KEY).get(NAME) is None


def test_an_entry_under_another_name_is_not_believed(store: Cache) -> None:
    """The result of one statement copied to another statement's place is ignored."""
    store.put(NAME, {"verdict": "proved"})
    other = "ab" + "1" * 62
    only_file(store).rename(only_file(store).with_name(f"{other}.json"))
    assert store.get(other) is None


def test_a_folder_that_cannot_be_written_is_a_note_not_an_error(tmp_path: Path) -> None:
    """Where a file stands in the way, results are not kept and the cache says so."""
    (tmp_path / "file").write_text("")
    store = Cache(tmp_path / "file", KEY)
    store.put(NAME, {"verdict": "proved"})
    assert store.get(NAME) is None
    assert store.problem is not None and "not kept" in store.problem


def test_git_passes_the_folder_by(store: Cache, tmp_path: Path) -> None:
    """The folder brings its own .gitignore."""
    store.put(NAME, {})
    assert (tmp_path / ".symproof" / ".gitignore").read_text() == "*\n"


def test_what_another_version_found_can_still_be_rechecked(store: Cache, tmp_path: Path) -> None:
    """After an upgrade nothing is found under the new version, but the evidence can be listed."""
    store.put(NAME, {"verdict": "proved"})
    (only_file(store).parents[1]).rename(tmp_path / ".symproof" / "0123456789abcdef")
    other = Cache(tmp_path / ".symproof", KEY)
    assert other.get(NAME) is None
    assert [json.loads(body) for _, body in other.entries()] == [{"verdict": "proved"}]


def test_results_of_old_versions_go_after_a_week(store: Cache, tmp_path: Path) -> None:
    """Another version's folder stays while it is young and goes when it is old."""
    young, old = tmp_path / ".symproof" / "young", tmp_path / ".symproof" / "old"
    for folder in (young, old):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    store.put(NAME, {})
    assert young.exists() and not old.exists()


def test_the_key_is_made_once_and_is_the_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two caches without a given key share the one in the user's home, which others cannot read."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Cache(tmp_path / "c").put(NAME, {"a": 1})
    assert Cache(tmp_path / "c").get(NAME) == {"a": 1}
    key = tmp_path / "state" / "symproof" / "key"
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o077 == 0
    assert os.listdir(key.parent) == ["key"]


def test_the_fingerprint_follows_the_source() -> None:
    """It is one hash for one state of the program."""
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 64


WRITER = """
import sys
from pathlib import Path
from symproof.running.cache import Cache
store = Cache(Path(sys.argv[1]), b"k" * 32)
for round in range(10**6):
    for k in range(50):
        name = f"{k:02x}" + "0" * 62
        store.put(name, {"k": k, "filler": "x" * 20000})
        print(k, flush=True)
"""


def test_kill_9_in_the_middle_of_writing_loses_nothing_finished(tmp_path: Path) -> None:
    """Whenever the writer is killed, every result it had reported is there and whole."""
    choose = random.Random(0)
    for _ in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        reported = {int(writer.stdout.readline())}
        time.sleep(choose.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        reported |= {int(line) for line in writer.stdout if line.endswith("\n")}
        writer.wait()
        writer.stdout.close()
        store = Cache(tmp_path, KEY)
        for k in reported:
            assert store.get(f"{k:02x}" + "0" * 62) == {"k": k, "filler": "x" * 20000}
        for _, body in store.entries():
            json.loads(body)


def test_two_runs_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    """While two processes write the same 50 entries, a reader sees each whole or not at all."""
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        store, seen = Cache(tmp_path, KEY), 0
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            for path in tmp_path.glob(f"{fingerprint()[:16]}/*/*.json"):
                assert store.get(path.stem) == {"k": int(path.stem[:2], 16), "filler": "x" * 20000}
                seen += 1
        assert seen > 50
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
