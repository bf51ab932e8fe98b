"""Running checks where they can be killed, and remembering what they found."""
