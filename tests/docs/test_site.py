"""The documentation builds without a warning, and every link in it leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from symproof.reading.claims import CLAIM_KEYS, VARIANT_KEYS
from symproof.reading.ledger import AXIOM_KEYS, load
from symproof.results import ClaimResult

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


class Links(HTMLParser):
    """The places of a page and the addresses that it points to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            if name in ("href", "src") and value and tag != "link":
                self.addresses.add(value)


def built(folder: Path) -> dict[Path, Links]:
    """The pages of the site, built without a warning."""
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-n", "-d", str(folder / "state"),
         str(DOCS), str(folder / "html")],
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return {path: Links(path.read_text(encoding="utf-8")) for path in (folder / "html").rglob("*.html")}


def test_no_link_is_dead_and_every_axiom_has_its_place(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="sphinx is not installed")
    site = built(tmp_path)
    assert len(site) > 10
    for path, page in site.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in ("https", "data"), f"{path.name}: {address}"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {address}"
            if parts.fragment and target in site:
                assert unquote(parts.fragment) in site[target].places, f"{path.name}: {address}"
    ledger = [page for path, page in site.items() if path.parent.name == "ledger"]
    assert {name.lower() for name in load()} <= {place for page in ledger for place in page.places}


def test_the_links_of_the_readme_lead_somewhere() -> None:
    for address in re.findall(r"\]\(([^)#]+)", (ROOT / "README.md").read_text(encoding="utf-8")):
        assert address.startswith("https://") or (ROOT / address).exists(), address


def test_every_key_of_the_files_is_told() -> None:
    page = (DOCS / "files.md").read_text(encoding="utf-8")
    claim = ClaimResult(
        "x = y", "proved", id="c", origins=("a",), why="b", steps=(ClaimResult("x", "proved"),)
    )
    for key in (*CLAIM_KEYS, *VARIANT_KEYS, *claim.encode(), "hash"):
        assert f"`{key}`" in page, key
    further = (DOCS / "extending.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in further for key in AXIOM_KEYS)
