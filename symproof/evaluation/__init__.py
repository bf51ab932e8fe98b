"""The value of a term at a point, in exact numbers and balls: refutations rest on it, and no proof does."""
