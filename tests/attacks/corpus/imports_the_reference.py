"""Tries to import the reference."""
# ends: failed error
# from: level 2

import os
import sys


def f(x):
    sys.path.insert(0, os.path.dirname(REFERENCE))
    import reference

    print(reference.MARKER)
    return reference.f(x)
