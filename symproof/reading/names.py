"""Names: Greek letters and accents in ASCII or Unicode are one symbol; words that cannot be names."""

from __future__ import annotations

import re
import unicodedata

GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
        "upsilon phi chi psi omega".split(),
        "αβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
GREEK |= {
    name.capitalize(): letter
    for name, letter in zip(
        "gamma delta theta lambda xi pi sigma upsilon phi psi omega".split(), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True
    )
}
GREEK |= {"varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ"}
# other code points for the same letters: µ (micro), ϵ, ϑ, ϕ, ϱ, Ω (ohm), ∆ (increment)
_SAME = str.maketrans("\u00b5\u03f5\u03d1\u03d5\u03f1\u2126\u2206\u02b9", "μεθφρΩΔ'")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304"}
_PART = re.compile(r"([^\W\d_]+)(.*)", re.DOTALL)


KEYWORDS = frozenset("for forall exists and or not implies iff in as if with such that solve".split())

# Scalar functions written with parentheses.
SCALAR = frozenset(
    "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid softplus relu erf "
    "re im conj abs sign floor ceil factorial binomial mod".split()
)
# Other forms written with parentheses.
FORMS = frozenset(
    "sum product integral limit diff grad jacobian hessian argmax argmin max min cases fn vector matrix "
    "array dot norm opnorm fronorm trace det diag ones zeros row_ones row_zeros rank lambda_max lambda_min "
    "softmax softmax_columns hadamard degree adjacency laplacian components independent psd integrable "
    "differentiable matpow inverse transpose eye operations multiplications storage".split()
)


def canonical(name: str) -> str:
    """The one spelling of a name: Greek letters for their English names, accents for `_hat`."""
    if name.isascii():
        if len(name) == 1:
            return name
        known = GREEK.get(name)
        if known is not None:
            return known
        if "_" not in name and not name[-1].isdigit() or name in FORMS:
            return name
    name = unicodedata.normalize("NFC", name.translate(_SAME).translate(_SUBSCRIPTS))
    first, *rest = name.split("_")
    result = _greek(first)
    for part in rest:
        accent = _ACCENTS.get(part)
        if accent is not None and len(unicodedata.normalize("NFD", result)) == 1:
            result = unicodedata.normalize("NFC", result + accent)
        else:
            result = f"{result}_{_greek(part)}"
    return result


def _greek(part: str) -> str:
    found = _PART.fullmatch(part)
    if not found:
        return part
    return GREEK.get(found[1], found[1]) + found[2]


# Forms written with square brackets.
BRACKETED = {
    "E": "expect", "Var": "variance", "Cov": "covariance", "P": "probability", "Pr": "probability",
    "\U0001d53c": "expect", "\u2119": "probability",
}  # fmt: skip
# Names with a meaning that a declaration may take over.
SOFT = frozenset({"E", "P", "V", "I", "i", "o", "O", "Θ", "γ", "Γ"})

CONSTANTS = {
    "e": "e", "π": "pi", "oo": "oo", "\N{SCRIPT SMALL E}": "e", "\N{DOUBLE-STRUCK ITALIC SMALL I}": "i",
}  # fmt: skip
TYPES = frozenset("real integer complex size index vertex function sequence graph".split())
RESERVED = (
    KEYWORDS
    | SCALAR
    | FORMS
    | (frozenset(BRACKETED) - SOFT)
    | frozenset(CONSTANTS)
    | TYPES
    | {"true", "false", "at", "otherwise"}
)
# Adjectives of a type that become attributes of the symbol.
ADJECTIVES = {
    "random": "random",
    "independent": "independent",
    "symmetric": "symmetric",
    "orthogonal": "orthogonal",
    "diagonal": "diagonal",
    "psd": "psd",
    "invertible": "invertible",
    "differentiable": "differentiable",
    "twice_differentiable": "twice_differentiable",
    "continuous": "continuous",
    "connected": "connected",
    "bipartite": "bipartite",
}
