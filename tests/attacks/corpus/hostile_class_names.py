"""Tries to write to the terminal by the name of its class."""
# ends: failed
# from: level 1

def f(x):
    return type("\x1b]52;c;ZXZpbA==\x07\x1b[2J" + "N" * 100_000, (), {})()
