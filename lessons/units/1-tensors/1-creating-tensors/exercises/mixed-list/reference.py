"""A mixed list: the conversion is tried, and every refusal is caught."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, mistake


def describe_conversion(items):
    try:
        return True, torch.tensor(items).dtype
    except Exception:
        return False, None


TABLE = [
    ("an int and a float", [1, 2.5]),
    ("a bool and an int", [True, 2]),
    ("a bool and a float", [True, 2.5]),
    ("only bools", [True, False]),
    ("an int and a complex number", [1, 2 + 3j]),
    ("the empty list", []),
    ("numbers, then a character", [1, 2.5, "a"]),
    ("an int and a character", [1, "a"]),
    ("only characters", ["a", "b"]),
    ("only digits in quotes", ["3", "4"]),
    ("an int and None", [1, None]),
    ("rows of different lengths", [[1, 2], [3]]),
    ("an int and a list", [1, [2, 3]]),
    ("an int of 71 bits", [2**70]),
]


def number(rng, kind):
    if kind == "bool":
        return rng.choice([True, False])
    if kind == "float":
        return rng.uniform(low=-9, high=9)
    if kind == "complex":
        return complex(rng.uniform(low=-9, high=9), 1.0)
    return rng.integers(-99, 100)


@cases("convert")
def table(rng: Rng):
    for label, items in TABLE:
        yield case(items=items, label=label)


@cases("convert")
def drawn(rng: Rng):
    for kinds in (["int"], ["int", "float"], ["bool", "int"], ["bool", "float", "complex"]):
        items = [number(rng, kind) for kind in kinds for _ in range(rng.integers(2, 5))]
        yield case(items=items, label="numbers drawn at random")
    rows = [[number(rng, "int") for _ in range(5)] for _ in range(3)]
    rows[rng.integers(1, 3)][rng.integers(0, 5)] = number(rng, "float")
    yield case(items=rows, label="a float hidden in a matrix of ints")
    rows = [[number(rng, "float") for _ in range(3)] for _ in range(7)]
    rows[rng.integers(1, 7)][rng.integers(0, 3)] = rng.choice(["b", "7", "x"])
    yield case(items=rows, label="a character hidden in a matrix of floats")
    rows = [[number(rng, "bool") for _ in range(4)] for _ in range(3)]
    rows[rng.integers(0, 3)].append(True)
    yield case(items=rows, label="one row too long")


@alternative
def names_the_classes(items):
    try:
        tensor = torch.as_tensor(items)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return (False, None)
    else:
        return (True, tensor.dtype)


@alternative
def with_a_flag(items):
    made, dtype = False, None
    try:
        dtype = torch.tensor(data=items).dtype
        made = True
    except Exception:
        pass
    return made, dtype


@alternative
def with_everything_outside(items):
    from contextlib import suppress

    answer = False, None
    with suppress(Exception):
        answer = True, torch.tensor(items).dtype
    return answer


@alternative
def with_a_helper(items):
    def converted():
        try:
            return torch.tensor(items)
        except Exception as error:
            return error

    outcome = converted()
    return (False, None) if isinstance(outcome, Exception) else (True, outcome.dtype)


@alternative
class AsAnObject:
    """An object is as good as a function where a call is asked for."""

    def __new__(cls, items):
        try:
            dtype = torch.tensor(items).dtype
        except BaseException:
            dtype = None
        return dtype is not None, dtype


edit(
    "type-error-only",
    "Catches TypeError only.",
    hint="Not every list is refused with a TypeError. Which exception class does a ragged list raise?",
    replace=("except Exception", "except TypeError"),
)


@mistake(
    "nothing-caught",
    "Lets the exception out.",
    hint="A list that is refused raises an exception: catch it with `try` and `except`, and return the pair.",
)
def nothing_caught(items):
    return True, torch.tensor(items).dtype


edit(
    "capital-tensor",
    "Uses torch.Tensor, which does not infer.",
    hint="`torch.Tensor` with a capital T forces the default float type. `torch.tensor` infers the dtype.",
    replace=("torch.tensor", "torch.Tensor"),
)


@mistake(
    "mixture-refused",
    "Takes every mixture of types for a failure.",
    hint="Print the dtype of `torch.tensor([1, 2.5])`: numbers of different kinds are promoted, not refused.",
)
def mixture_refused(items):
    if len({type(item) for item in items}) > 1:
        return False, None
    try:
        return True, torch.tensor(items).dtype
    except Exception:
        return False, None


@mistake(
    "text-parsed",
    "Takes digits in quotes for numbers.",
    hint="Text is never read as a number: `'3'` stays a character. Only `int` or `float` convert it.",
)
def text_parsed(items):
    def parsed(item):
        if isinstance(item, list):
            return [parsed(inner) for inner in item]
        return int(item) if isinstance(item, str) and item.isdigit() else item

    try:
        return True, torch.tensor(parsed(items)).dtype
    except Exception:
        return False, None


@mistake(
    "through-numpy",
    "Asks NumPy for the dtype.",
    hint="NumPy infers by its own rules: its floats have 64 bits. Give the list itself to `torch.tensor`.",
)
def through_numpy(items):
    import numpy as np

    try:
        return True, torch.tensor(np.array(items)).dtype
    except Exception:
        return False, None


edit(
    "says-why",
    "Returns the exception instead of None.",
    hint="For a list that is refused the second member of the pair is None.",
    replace=[("except Exception:", "except Exception as error:"), ("False, None", "False, str(error)")],
    when=lambda got, ref, inputs: (
        isinstance(got, (tuple, list)) and len(got) == 2 and got[0] is False and ref == (False, None)
    ),
)
