"""`python -m symproof` is the command."""

from symproof.cli import main

main()
