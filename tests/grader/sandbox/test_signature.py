"""A definition that does not take what it is called with is shown with its line, as it is written, beside the call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from lessons.schema import Exercise

FUNCTION = """
    from grader.spec import case, cases

    def f(w, g, alpha):
        return w - alpha * g

    @cases
    def vectors(rng):
        yield case(w=rng.normal(3), g=rng.normal(3), alpha=0.5)
"""
CALLED = "it is called with 3: f(w, g, alpha)"
FUNCTIONS = {
    "def f(w, alpha): return w": f"line 1: `def f(w, alpha)` takes 2 arguments; {CALLED}",
    "import torch\n\ndef f(w): return w": f"line 3: `def f(w)` takes 1 argument; {CALLED}",
    "def f(): return 1": f"line 1: `def f()` takes no arguments; {CALLED}",
    "def f(w, g, a, b, c=1): return w": f"line 1: `def f(w, g, a, b, c=1)` takes 4 to 5 arguments; {CALLED}",
    "def f(a, b, c, d, *e): return a": f"line 1: `def f(a, b, c, d, *e)` takes at least 4 arguments; {CALLED}",
    "def f(w, g, a, *, b): return w": f"line 1: `def f(w, g, a, *, b)` also needs b, by name; {CALLED}",
    "f = lambda w: w": f"line 1: `lambda w` takes 1 argument; {CALLED}",
    "def same(f): return f\n\n@same\ndef f(w: int): return w": f"line 4: `def f(w: int)` takes 1 argument; {CALLED}",
    "class f:\n    pass": f"line 1: `class f` takes no arguments, for it has no `__init__`; {CALLED}",
    "class f:\n    def __init__(self, w):\n        pass": f"line 2: `def __init__(self, w)` takes 1 argument; {CALLED}",
}


@pytest.mark.parametrize("source", FUNCTIONS)
def test_a_function_that_takes_something_else(
    grader: Grader, exercise_of: Callable[..., Exercise], source: str
) -> None:
    (check,) = grader.grade(exercise_of(FUNCTION), source + "\n", {}).parts[0].checks
    assert check.status == "error" and check.message == FUNCTIONS[source]
    assert check.where == FUNCTIONS[source].partition(":")[0]


SECRETIVE = "class M(type):\n    def __getattribute__(self, name): raise OSError\n"
OTHERS = {
    "def f(w, g, alpha):\n    return g()\n": "TypeError: 'Tensor' object is not callable",
    "def h(a): 0\ndef f(w, g, alpha): h()\n": "TypeError: h() missing 1 required positional argument: 'a'",
    "def f(w, g, alpha):\n    raise TypeError('f() takes 2 arguments')\n": "TypeError: f() takes 2 arguments",
    f"{SECRETIVE}class f(metaclass=M):\n    def __init__(self): pass\n": (
        "TypeError: f.__init__() takes 1 positional argument but 4 were given"
    ),
    "f = 3\n": "TypeError: 'int' object is not callable",
}


@pytest.mark.parametrize("source", OTHERS)
def test_other_type_errors_stay_as_they_are(grader: Grader, exercise_of: Callable[..., Exercise], source: str) -> None:
    (check,) = grader.grade(exercise_of(FUNCTION), source, {}).parts[0].checks
    assert check.status == "error" and check.message == OTHERS[source]


CLASS = """
    import torch
    from grader.spec import cases, script

    class Layer(torch.nn.Module):
        def __init__(self, sizes, bias=True):
            super().__init__()

        def forward(self, x):
            return 2 * x

        def scaled(self, x, factor):
            return factor * x

    @cases
    def layers(rng):
        s = script("a layer")
        layer = s.new("Layer", 3, bias=False)
        s.call(layer, rng.normal(3))
        s.method(layer, "scaled", rng.normal(3), 2.0)
        yield s
"""
BEGINS = "import torch\nclass Layer(torch.nn.Module):\n"
INIT = f"{BEGINS}    def __init__(self, sizes, bias=True):\n        super().__init__()\n"
SCALED = "    def scaled(self, x, factor): return factor * x\n"
CLASSES = {
    f"{BEGINS}    def forward(self, x): return 2 * x\n": (
        "line 2: `class Layer` takes no arguments, for it has no `__init__`; "
        "it is called with 2: Layer(sizes, bias=...)"
    ),
    INIT.replace(", bias=True", ""): (
        "line 3: `def __init__(self, sizes)` has no argument called bias; it is called with 2: Layer(sizes, bias=...)"
    ),
    f"{INIT}    def forward(self): return 2\n{SCALED}": (
        "line 5: `def forward(self)` takes no arguments; it is called with 1: layer(x)"
    ),
    f"{INIT}    def forward(self, x): return 2 * x\n    def scaled(self, x): return x\n": (
        "line 6: `def scaled(self, x)` takes 1 argument; it is called with 2: scaled(x, factor)"
    ),
}


@pytest.mark.parametrize("source", CLASSES)
def test_a_class_that_takes_something_else(grader: Grader, exercise_of: Callable[..., Exercise], source: str) -> None:
    (check,) = grader.grade(exercise_of(CLASS, entry="Layer"), source, {}).parts[0].checks
    assert check.status == "error" and check.message == CLASSES[source]


FILES = {
    "def f(w\n    return w\n": "line 1",
    "def f(w):\nreturn w\n": "line 2",
    "def f(w):\n    x = 1\n      y = 2\n": "line 3",
    "if w:\n\tx = 1\n        y = 2\n": "line 3",
    "x = 'never ended\n": "line 1",
    "x = 1\nreturn x\n": "line 2",
    "x = 1\ny = 'a\0b'\n": "line 2",
    "x = 1\n" + "(" * 300 + "\n": "line 2",
    "x = 1\r\ny = (\r\n": "line 2",
    "import torch\n\nx = torch.ones(2) + torch.ones(3)\n": "line 3",
    "import torch\n\ndef f(x):\n    return x.no\n\nf(torch.ones(2))\n": "line 4",
    "x = 1\nimport nothing_of_that_name\n": "line 2",
    "x = 1\nraise SystemExit('no')\n": "line 2",
}


@pytest.mark.parametrize("source", FILES)
def test_a_file_that_cannot_be_loaded_names_its_own_line(
    grader: Grader, exercise_of: Callable[..., Exercise], source: str
) -> None:
    part = grader.grade(exercise_of(FUNCTION), source, {}).parts[0]
    assert part.status == "error" and part.where == FILES[source], part.message
    assert part.message.startswith("Your file raised an error while it was being loaded: ")
    assert part.message.endswith(f"({FILES[source]})") and "/" not in part.message
