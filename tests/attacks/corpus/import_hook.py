"""Tries to answer all later imports itself, and to rewrite what is compiled."""
# ends: failed error
# from: level 1

import ast
import builtins
import sys
import types


class Finder:
    def find_spec(self, name, path=None, target=None):
        sys.modules[name] = types.ModuleType(name)


sys.meta_path.insert(0, Finder())
real = builtins.compile
builtins.compile = lambda source, *args, **kwargs: real(ast.parse(""), *args, **kwargs)


def f(x):
    return x
