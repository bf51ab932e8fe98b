"""Terms: the typed, frozen expression tree that every other layer speaks."""
