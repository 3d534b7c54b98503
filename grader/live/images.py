"""Arrays as the image cells of a figure: scaled down to what a terminal shows, 28 x 28 exactly."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.records.figure import MAX_PANELS, MAX_SIDE

CELLS = 40_000
"""Bytes of cells in one figure, all images together."""
GRID = 8
"""Images in a row of a batch."""


def shown(value: Any, titles: str | Sequence[str]) -> dict[str, Any]:
    """The figure of an array: (H, W), (1, H, W), (3, H, W), (H, W, 3), or a batch (n, H, W), (n, 1 or 3, H, W).

    titles: one for all, or one for each image. Three pictures of a channel each, (3, H, W), are one in colour.
    Raises TypeError and ValueError with a sentence.
    """
    array = _array(value)
    images, total = _batch(array)
    many = not isinstance(titles, str)
    names = [str(title) for title in titles] if many else []
    if many and len(names) != total:
        raise ValueError(f"show got {len(names)} titles for {total} image{'' if total == 1 else 's'}")
    columns = min(len(images), GRID)
    side = _side(len(images), images[0].ndim == 3)
    low, high = _range(images)
    panels = []
    for index, image in enumerate(images):
        layer = cells(image, side, low, high)
        title = names[index] if many else ""
        panels.append(
            {"row": index // columns, "column": index % columns, "title": title[:200], "axes": False, "layers": [layer]}
        )
    notes = [f"{len(images)} of {total} images are shown."] if total > len(images) else []
    return {"title": "" if many else str(titles)[:200], "panels": panels, "notes": notes}


def _array(value: Any) -> NDArray[Any]:
    for step in ("detach", "cpu"):
        if hasattr(value, step):
            value = getattr(value, step)()
    try:
        if str(getattr(value, "dtype", "")) == "torch.bfloat16":
            value = value.float()
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:
        raise TypeError(f"show takes a figure, an array or a tensor, not a {type(value).__name__}") from error
    if array.dtype == np.bool_:
        return array.astype(np.uint8)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"show takes a figure, or an array of numbers, not a {type(value).__name__}")
    return array


def _batch(array: NDArray[Any]) -> tuple[list[NDArray[Any]], int]:
    """Images of (H, W) or (H, W, 3), at most as many as are shown, and how many there were."""
    shape = array.shape
    if 0 in shape:
        raise ValueError(f"show cannot draw an array of shape {shape}: it is empty")
    if array.ndim == 2 or (array.ndim == 3 and (shape[0] in (1, 3) or shape[-1] == 3)):
        array = array[None]  # one image
    if array.ndim == 4 and (array.shape[1] == 3 or (array.shape[1] == 1 and array.shape[-1] != 3)):
        array = np.moveaxis(array, 1, -1)
    if array.ndim == 4 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim == 3 or (array.ndim == 4 and array.shape[-1] == 3):
        return list(array[:MAX_PANELS]), len(array)
    raise ValueError(
        f"show cannot draw an array of shape {shape}; it takes (H, W), (1, H, W), (3, H, W), (H, W, 3), (n, H, W), "
        "(n, 1, H, W) or (n, 3, H, W)"
    )


def _side(count: int, colour: bool) -> int:
    """Cells along a side so that all images of a figure fit."""
    room = CELLS / count / (3 if colour else 1)
    return max(4, min(MAX_SIDE, int(room**0.5)))


def _range(images: Sequence[NDArray[Any]]) -> tuple[float, float]:
    """What black and white stand for: 0 and 255 for bytes in colour, else the smallest and the largest value."""
    if images[0].ndim == 3:
        return (0.0, 255.0) if images[0].dtype.kind in "iu" else (0.0, 1.0)
    finite = [image[np.isfinite(image)] for image in images]
    finite = [values for values in finite if values.size]
    if not finite:
        return 0.0, 1.0
    return min(float(values.min()) for values in finite), max(float(values.max()) for values in finite)


def cells(image: NDArray[Any], side: int, low: float, high: float) -> dict[str, Any]:
    """An image layer. image: (H, W) or (H, W, 3); what is not finite is black."""
    height, width = image.shape[:2]
    small = _smaller(np.nan_to_num(image.astype(np.float64), nan=low, posinf=high, neginf=low), side)
    scaled = (small - low) / (high - low) if high > low else np.full_like(small, 0.5)
    data = np.clip(np.rint(scaled * 255), 0, 255).astype(np.uint8)
    layer = {
        "kind": "image",
        "width": data.shape[1],
        "height": data.shape[0],
        "mode": "rgb" if data.ndim == 3 else "grey",
        "cells": base64.b64encode(data.tobytes()).decode(),
    }
    if data.shape[:2] != (height, width):
        layer["of"] = f"{height} x {width}"
    if data.ndim == 2:
        layer |= {"low": rounded(low), "high": rounded(high)}
    return layer


def _smaller(image: NDArray[Any], side: int) -> NDArray[Any]:
    """Means over blocks, so that neither side has more cells than `side`."""
    height, width = image.shape[:2]
    step = max(1, -(-height // side), -(-width // side))
    if step == 1:
        return image
    sums = np.add.reduceat(np.add.reduceat(image, range(0, height, step), axis=0), range(0, width, step), axis=1)
    rows = np.diff([*range(0, height, step), height])
    columns = np.diff([*range(0, width, step), width])
    counts = np.outer(rows, columns)
    return np.asarray(sums / (counts if image.ndim == 2 else counts[..., None]))


def rounded(value: float) -> float | None:
    """Six digits, which is more than a terminal shows; None where it is not finite."""
    number = float(value)
    return float(f"{number:.6g}") if abs(number) <= 1e300 else None
