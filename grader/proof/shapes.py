"""Whether the inputs of a part tell a right result from one that is transposed, broadcast or padded."""

from __future__ import annotations

from collections.abc import Iterable

from grader.records.survey import PartFacts


def untold(facts: PartFacts) -> str:
    """What no case of a part has among its inputs, in half a sentence; empty where nothing is amiss."""
    shapes = [one.shape for case in facts.cases for one in case.inputs]
    wanted = unlike(shapes)
    if not wanted:
        return ""
    drawn = ", ".join(dict.fromkeys(str(shape) for shape in shapes if shape))
    return f"no case has {wanted}; there are only {drawn}"


def unlike(shapes: Iterable[tuple[int, ...]]) -> str:
    """What no shape among these inputs is, so that a wrong result could look right; empty where nothing is amiss.

    Sizes that differ show what was transposed or broadcast; one that is no power of two shows what was padded or
    divided without a remainder. A part without tensors, or with numbers only, has no shapes to speak of.
    """
    dimensions = [shape for shape in shapes if shape]
    wide = [shape for shape in dimensions if len(shape) > 1]
    if any(len(set(shape)) == len(shape) and all(_odd(size) for size in shape) for shape in wide):
        return ""
    if wide:
        return "a tensor whose sizes are pairwise different and no powers of two"
    if not dimensions or any(_odd(shape[0]) for shape in dimensions):
        return ""
    return "a vector whose size is no power of two"


def _odd(size: int) -> bool:
    return size > 2 and size & (size - 1) != 0
