"""Terms and their types; with this package every typing rule is known."""

from symproof.terms.rules import arrays, binders, numbers, sets, statements  # noqa: F401  (they register themselves)
