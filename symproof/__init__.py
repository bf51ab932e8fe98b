"""symproof says whether a mathematical claim is true, how it knows, and where a false one breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symproof.api import check, grade, prove

__version__ = "0.1.0"
__all__ = ["__version__", "check", "grade", "prove"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext symproof`: the cell magic `%%claim`."""
    from symproof.magic import claim

    shell.register_magic_function(claim, magic_kind="cell")


def __getattr__(name: str) -> Any:
    """Load the Python API when it is first used: the command starts without it."""
    if name in ("check", "grade", "prove"):
        from symproof import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
