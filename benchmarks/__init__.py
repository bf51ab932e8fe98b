"""What symproof and its peers decide, how often wrongly and how fast: `python -m benchmarks --help`."""
