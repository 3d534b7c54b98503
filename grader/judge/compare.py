"""Is this value that value? Compared outside the learner's process, and stopped at the first thing that differs:
type, structure, shape, dtype, device, finiteness, values.

Values are plain Python data, tensors and arrays as `grader.protocol.wire` decodes them. A broadcast never passes, NaN
equals only a NaN of the reference, and a tolerance scales with the reference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch

from grader.judge.region import region, strip
from grader.protocol.wire import DType, Opaque
from grader.spec.labels import plural

TOLERANCE: dict[torch.dtype, tuple[float, float]] = {
    torch.float64: (1e-10, 1e-12),
    torch.complex128: (1e-10, 1e-12),
    torch.float32: (1e-5, 1e-6),
    torch.complex64: (1e-5, 1e-6),
    torch.bfloat16: (2e-2, 1e-2),
    torch.float16: (2e-3, 1e-3),
}
"""rtol and atol by dtype. rtol is relative to the element, atol to the largest finite element of the reference."""

OPERATION: dict[str, float] = {"elementwise": 1.0, "reduction": 4.0, "matmul": 10.0, "training": 1000.0}
"""How much looser an operation is than one rounding: sums add in another order, training amplifies."""

SCALAR = (1e-9, 1e-12)
"""rtol and atol for Python floats."""


@dataclass(frozen=True)
class Tolerance:
    """rtol and atol where the author set them, else by operation and dtype."""

    rtol: float | None = None
    atol: float | None = None
    operation: str = "elementwise"

    def of(self, dtype: torch.dtype | None) -> tuple[float, float]:
        rtol, atol = TOLERANCE.get(dtype, (0.0, 0.0)) if dtype is not None else SCALAR
        factor = OPERATION[self.operation]
        return (
            self.rtol if self.rtol is not None else rtol * factor,
            self.atol if self.atol is not None else atol * factor,
        )


@dataclass(frozen=True)
class Difference:
    """The first thing that differs. `kind`: type, structure, shape, dtype, device, finite or value."""

    kind: str
    message: str
    where: str
    expected: str | None = None
    got: str | None = None
    share: float | None = None
    abs: float | None = None
    rel: float | None = None
    strip: str | None = None
    """The wrong elements as a small picture, see grader.judge.region."""
    pair: tuple[Any, Any] | None = field(default=None, repr=False, compare=False)
    """The two values themselves, got and expected, for the diagnosis."""


def compare(
    got: Any, expected: Any, tolerance: Tolerance, where: str = "result", names: tuple[str, ...] = ()
) -> Difference | None:
    """None where the value passes. `names` name the members of a tuple."""
    found = _compare(got, expected, tolerance, where, names)
    return replace(found, pair=(got, expected)) if found is not None and found.pair is None else found


def _compare(got: Any, expected: Any, tolerance: Tolerance, where: str, names: tuple[str, ...]) -> Difference | None:
    if isinstance(expected, torch.Tensor):
        return _tensor(got, expected, tolerance, where)
    if isinstance(expected, np.ndarray):
        if not isinstance(got, np.ndarray):
            return _type(got, expected, where)
        return _tensor(torch.from_numpy(got), torch.from_numpy(expected), tolerance, where)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str | bytes | DType):
        return _exact(got, expected, where)
    if isinstance(expected, int | float | complex):
        return _number(got, expected, tolerance, where)
    if isinstance(expected, Opaque):
        raise TypeError(f"the reference returned a {expected.type}, which cannot be compared")
    if type(got) is not type(expected):
        return _type(got, expected, where)
    if isinstance(expected, set | frozenset):
        return _exact(got, expected, where)
    if isinstance(expected, dict):
        return _mapping(got, expected, tolerance, where)
    return _sequence(got, expected, tolerance, where, names)


def _sequence(got: Any, expected: Any, tolerance: Tolerance, where: str, names: tuple[str, ...]) -> Difference | None:
    if len(got) != len(expected):
        message = f"{where} has {plural(len(got), 'item')} where {plural(len(expected), 'item')} belong"
        if names:
            message += f": {', '.join(names)}"
        return Difference("structure", message, where, show(expected), show(got))
    for index, (mine, right) in enumerate(zip(got, expected, strict=True)):
        inner = names[index] if index < len(names) else f"{where}[{index}]"
        found = compare(mine, right, tolerance, inner)
        if found:
            return found
    return None


def _mapping(got: dict[Any, Any], expected: dict[Any, Any], tolerance: Tolerance, where: str) -> Difference | None:
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        parts = [f"{show(missing[0])} is missing"] if missing else []
        parts += [f"{show(extra[0])} does not belong"] if extra else []
        message = f"{where} does not have the keys that were expected: {' and '.join(parts)}"
        return Difference("structure", message, where, show(list(expected)), show(list(got)))
    for key, right in expected.items():
        found = compare(got[key], right, tolerance, f"{where}[{show(key)}]")
        if found:
            return found
    return None


WITHOUT_RETURN = "a function that ends without return gives None"


def _type(got: Any, expected: Any, where: str) -> Difference:
    message = f"{where} is {kind_of(got)} where {kind_of(expected)} was expected"
    if got is None:
        message += f"; {WITHOUT_RETURN}"
    elif isinstance(got, Opaque) and got.type == "Tensor" and got.text.startswith("on device"):
        return Difference("device", f"{where} lies {got.text}, not on the CPU", where, show(expected), got.text)
    elif isinstance(got, Opaque):
        message += "; return plain values: tensors, numbers, lists, tuples, dicts"
    return Difference("type", message, where, show(expected), show(got))


def _exact(got: Any, expected: Any, where: str) -> Difference | None:
    if type(got) is not type(expected):
        return _type(got, expected, where)
    if got == expected:
        return None
    message = f"{where} is {show(got)} where {show(expected)} was expected"
    return Difference("value", message, where, show(expected), show(got))


def _number(got: Any, expected: complex, tolerance: Tolerance, where: str) -> Difference | None:
    whole = type(got) is int and type(expected) is float  # 2 for 2.0 is no mistake
    if type(got) is not type(expected) and not whole:
        return _type(got, expected, where)
    if type(expected) is int:
        return _exact(got, expected, where)
    if _finite(got) != _finite(expected) or not _finite(expected):
        same = got == expected or (_nan(got) and _nan(expected))
        if same:
            return None
        message = f"{where} is {show(got)} where {show(expected)} was expected"
        return Difference("finite", message, where, show(expected), show(got))
    rtol, atol = tolerance.of(None)
    try:
        error = abs(got - expected)
    except OverflowError:
        message = f"{where} is an int that no float can hold, where {show(expected)} was expected"
        return Difference("finite", message, where, show(expected), show(got))
    if error <= rtol * abs(expected) + atol * max(1.0, abs(expected)):
        return None
    mine, right = apart(got, expected)
    message = f"{where} is {mine} where {right} was expected"
    rel = error / abs(expected) if expected else None
    return Difference("value", message, where, right, mine, 1.0, error, rel)


def _finite(value: complex) -> bool:
    return isinstance(value, int) or (math.isfinite(value.real) and math.isfinite(value.imag))


def _nan(value: complex) -> bool:
    return not isinstance(value, int) and (math.isnan(value.real) or math.isnan(value.imag))


def _tensor(got: Any, expected: torch.Tensor, tolerance: Tolerance, where: str) -> Difference | None:
    if not isinstance(got, torch.Tensor):
        return _type(got, expected, where)
    if got.shape != expected.shape:
        mine, right = tuple(got.shape), tuple(expected.shape)
        message = f"{where} has shape {mine} where {right} was expected"
        return Difference("shape", message, where, str(right), str(mine))
    if got.dtype != expected.dtype:
        mine_dtype, right_dtype = (str(t.dtype).removeprefix("torch.") for t in (got, expected))
        message = f"{where} has dtype {mine_dtype} where {right_dtype} was expected"
        return Difference("dtype", message, where, right_dtype, mine_dtype)
    if not expected.numel():
        return None
    if not (expected.is_floating_point() or expected.is_complex()):
        return _elements(got, expected, got != expected, where, "value")
    wide = torch.complex128 if expected.is_complex() else torch.float64
    mine_wide, right_wide = got.to(wide), expected.to(wide)
    finite = torch.isfinite(right_wide)
    alike = (mine_wide == right_wide) | (torch.isnan(mine_wide) & torch.isnan(right_wide))
    wild = ~(torch.isfinite(mine_wide) & finite) & ~alike
    if bool(wild.any()):
        return _elements(got, expected, wild, where, "finite")
    error = torch.where(finite, (mine_wide - right_wide).abs(), 0.0)
    size = torch.where(finite, right_wide.abs(), 0.0)
    rtol, atol = tolerance.of(expected.dtype)
    scale = float(size.max()) or 1.0
    wrong = error > rtol * size + atol * scale
    return _elements(got, expected, wrong, where, "value", error, size)


def _elements(
    got: torch.Tensor,
    expected: torch.Tensor,
    wrong: torch.Tensor,
    where: str,
    kind: str,
    error: torch.Tensor | None = None,
    size: torch.Tensor | None = None,
) -> Difference | None:
    count = int(wrong.sum())
    if not count:
        return None
    index = tuple(int(i) for i in wrong.nonzero()[0])
    place = f"{where}[{', '.join(map(str, index))}]" if index else where
    mine, right = apart(got[index].item(), expected[index].item())
    total = wrong.numel()
    if total == 1:
        message = f"{place} is {mine} where {right} was expected"
    else:
        lie = region(wrong)
        where_all = f", all of them {lie}" if lie else ""
        first = f"the first is {place}: {mine} where {right} was expected"
        message = f"{count} of {total} elements differ{where_all}; {first}"
    largest = float(error.max()) if error is not None else None
    rel = None
    if error is not None and size is not None and bool((size > 0).any()):
        rel = float((error[size > 0] / size[size > 0]).max())
    return Difference(kind, message, place, right, mine, count / total, largest, rel, strip(wrong))


# --- values as text -----------------------------------------------------------------------------------------------

_KINDS = {
    "NoneType": "None",
    "bool": "a bool",
    "int": "an int",
    "float": "a float",
    "complex": "a complex number",
    "str": "a str",
    "bytes": "bytes",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dict",
    "set": "a set",
    "frozenset": "a frozenset",
    "ndarray": "a NumPy array",
    "DType": "a dtype",
}


def kind_of(value: Any) -> str:
    """`a tensor`, `a list`, ..."""
    if isinstance(value, torch.Tensor):
        return "a tensor"
    if isinstance(value, Opaque):
        article = "an" if value.type[:1].lower() in "aeiou" else "a"
        return f"{article} {value.type}" + (f" ({value.text})" if value.text else "")
    return _KINDS.get(type(value).__name__, type(value).__name__)


def show(value: Any, size: int = 120) -> str:
    """A short text for a value: small tensors whole, large ones by shape and dtype."""
    text = _show(value)
    return text if len(text) <= size else text[: size - 3] + "..."


def apart(got: Any, expected: Any) -> tuple[str, str]:
    """Texts for two numbers that differ, with as many digits as it takes to see that they do."""
    mine, right = show(got), show(expected)
    for digits in range(7, 18):
        if mine != right or not isinstance(got, float | complex) or not isinstance(expected, float | complex):
            break
        mine, right = f"{got:.{digits}g}", f"{expected:.{digits}g}"
    return mine, right


def _show(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        dtype = str(value.dtype).removeprefix("torch.")
        if value.numel() <= 12 and value.dim() <= 2:
            return f"{_show(value.tolist())} ({dtype})"
        return f"a tensor of shape {tuple(value.shape)}, {dtype}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}, {value.dtype}"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, complex):
        return f"{value:.6g}"
    if isinstance(value, DType):
        return f"torch.{value.name}"
    if isinstance(value, Opaque):
        return kind_of(value)
    if isinstance(value, list):
        return "[" + ", ".join(_show(item) for item in value[:50]) + "]"
    if isinstance(value, tuple):
        inner = ", ".join(_show(item) for item in value[:50])
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_show(k)}: {_show(v)}" for k, v in list(value.items())[:50]) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(_show(item) for item in value)) + "}"
    return repr(value)
