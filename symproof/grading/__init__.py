"""Grading: derivations line by line, marks, repairs, points."""
