"""What is shown in the end stands where the starter has left it out."""

from __future__ import annotations

import ast

from grader.proof.shown import _filled

STARTER = """import jit

@jit
def kernel(x):
    raise NotImplementedError

@jit
def other(x):
    return x

def double(x):
    raise NotImplementedError
"""
BLOCK = """@jit
def kernel(x):
    return 2 * x

def double(x):
    return kernel(x)
"""


def test_a_decorator_goes_with_what_it_decorates() -> None:
    filled = _filled(STARTER, BLOCK, "double")
    assert filled is not None
    names = [
        (node.name, len(node.decorator_list)) for node in ast.parse(filled).body if isinstance(node, ast.FunctionDef)
    ]
    assert names == [("other", 1), ("kernel", 1), ("double", 0)] and "NotImplemented" not in filled
