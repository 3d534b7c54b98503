"""What an expression measures in the namespace that a demo leaves: taken in by a process that does not trust it."""

from __future__ import annotations

import math
from typing import Any

from grader.protocol.outcome import Outcome
from grader.protocol.wire import ITEM_SIZE, Opaque
from grader.records.printable import clean
from grader.sandbox.run import Measurement

MENDS = {
    "Tensor": "add `.tolist()`, or `.item()` for a single number",
    "Parameter": "add `.tolist()`",
    "ndarray": "add `.tolist()`",
    "dtype": "write `str(...)` around it",
    **dict.fromkeys(ITEM_SIZE, "add `.item()`"),
}
"""What to do about a value of this type; NumPy's numbers are called like dtypes."""
OTHER = "make it a number, a text, or a list of them"
LARGEST = 10**308


def measurement(expression: str, outcome: Outcome) -> Measurement:
    """An expression's value as plain data, or a sentence that says why there is none."""
    raised = outcome.raised
    if raised is not None and raised.type == "return":
        return Measurement(error=f"`{expression}` is not sent: {raised.message}")
    if raised is not None:
        place = f" ({raised.where} of the demo)" if raised.where else ""
        return Measurement(error=f"`{expression}` raises {raised.sentence}{place}")
    try:
        return Measurement(plain(outcome.value))
    except TypeError as error:
        return Measurement(error=f"`{expression}` gives {error}.")


def plain(value: Any) -> Any:
    """Numbers, texts, booleans, None, and lists, tuples and dicts of them. Texts are made safe to print, and NaN and
    infinity are the texts that Python has for them.

    Raises TypeError for everything else, with its type and what to do about it.
    """
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return clean(value)
    if kind is float:
        return value if math.isfinite(value) else repr(value)
    if kind is int and abs(value) <= LARGEST:
        return value
    if kind is list or kind is tuple:
        return kind(plain(item) for item in value)
    if kind is dict and all(type(key) in (str, int) for key in value):
        return {plain(key): plain(item) for key, item in value.items()}
    raise TypeError(_refusal(value))


def _refusal(value: Any) -> str:
    if type(value) is int:
        return "a whole number of more than 308 digits: make it smaller"
    if type(value) is dict:
        return "a dict whose keys are neither texts nor whole numbers: change its keys"
    name = value.type if type(value) is Opaque else type(value).__name__
    return f"a value of type {name}, which no stated value has: {MENDS.get(name, OTHER)}"
