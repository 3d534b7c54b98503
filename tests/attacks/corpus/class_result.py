"""Tries to make the judge fail itself with a class of its own."""
# ends: failed
# from: level 1

class f:
    def __init__(self, x):
        self.x = x
