"""Tries to flood the verdict by the text of an exception, with escape sequences in it."""
# ends: error memory timeout
# from: level 1

def f(x):
    raise ValueError("\x1b[31m" + "A" * 100_000_000)
