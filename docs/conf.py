"""How the documentation becomes a site: `make docs`.  The pages on the ledger are written from the axioms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import ledger_pages  # noqa: E402

from symproof import __version__  # noqa: E402

project = "symproof"
version = release = __version__
copyright = ""
extensions = ["myst_parser"]
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 3
templates_path: list[str] = []
html_theme = "furo"
html_title = "symproof"
html_show_copyright = False
html_show_sphinx = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["math.css"]
highlight_language = "text"
suppress_warnings = ["misc.highlighting_failure"]

STYLE = """\
math { font-family: "Symproof Math", math; font-size: 1.1em; }
math[display="block"] { text-align: left; }
.formula { overflow-x: auto; padding: .3rem 0 .6rem; }
.item { display: inline-block; margin-right: 1.2rem; }
"""


def setup(app: Any) -> None:
    ledger_pages.write(Path(app.srcdir) / "ledger")
    write_font(Path(app.srcdir) / "static")


def write_font(folder: Path) -> None:
    """The font of formulas, as in reports."""
    from symproof.reporting.page import font

    face = f'@font-face {{ font-family: "Symproof Math"; src: url({font()}) format("woff2"); }}'
    folder.mkdir(exist_ok=True)
    ledger_pages.put(folder / "math.css", f"{face}\n{STYLE}")
