"""Why a value or a truth value is not there."""


class Undefined(Exception):
    """The term has no value at this point."""


class Unknown(Exception):
    """It cannot be told here."""


class Imprecise(Unknown):
    """It cannot be told at this precision; more bits may tell."""


class TooShort(Unknown):
    """An expansion has too few terms to tell; more may."""


class TooCostly(Exception):
    """The value would cost more than the budget; nothing is said about it."""
