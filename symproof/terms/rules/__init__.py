"""The typing rules of all operators, by what they are about."""
