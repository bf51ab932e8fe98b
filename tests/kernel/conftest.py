"""The parts of the kernel need each other: they are imported from its door."""

import symproof.kernel.check  # noqa: F401
