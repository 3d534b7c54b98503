"""What lies in a panel of a matplotlib figure, artist by artist, as layers of plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.live import images
from grader.live.images import rounded
from grader.records.figure import MAX_SIDE

MAX_LINE, MAX_SCATTER, MAX_SEGMENTS = 600, 3000, 400
POINTS = 8000
"""Points of a figure, shared among its lines and clouds: a figure of many has fewer for each."""
MAX_LEVELS = 26
CELLS = 30_000
"""Bytes of image cells in a figure of several panels, all panels together."""


class Unsaid:
    """Collects sentences on what cannot be drawn, each once; and knows how much room there is for each line."""

    def __init__(self, artists: int = 1) -> None:
        self.sentences: list[str] = []
        self.room = max(40, POINTS // max(1, artists))

    def say(self, sentence: str) -> None:
        if sentence not in self.sentences and len(self.sentences) < 10:
            self.sentences.append(sentence[:200])


def side(panels: int) -> int:
    """Cells along the side of an image, so that all panels fit; 28 where they are many."""
    return max(4, min(MAX_SIDE, int((CELLS / max(1, panels)) ** 0.5)))


def of(artist: Any, axes: Any, size: int, notes: Unsaid) -> Iterator[dict[str, Any]]:
    """The layers of an artist, or none with a sentence in `notes`."""
    from matplotlib import collections, contour, image, lines, patches, quiver, text

    if isinstance(artist, lines.Line2D):
        yield from _line(artist, axes, notes)
    elif isinstance(artist, contour.ContourSet):
        yield from _regions(artist, size) if artist.filled else _contours(artist, notes)
    elif isinstance(artist, quiver.Quiver):
        yield from _arrows(artist, notes)
    elif isinstance(artist, collections.QuadMesh):
        yield from _mesh(artist, size)
    elif isinstance(artist, collections.PathCollection):
        yield from _points(artist, notes)
    elif isinstance(artist, collections.LineCollection):
        yield from _segments(artist.get_segments(), _colours(artist.get_edgecolor()), _label(artist), notes)
    elif isinstance(artist, collections.PolyCollection):
        outlines = [path.vertices for path in artist.get_paths()]
        yield from _segments(outlines, _colours(artist.get_facecolor()), _label(artist), notes)
    elif isinstance(artist, image.AxesImage):
        yield from _image(artist, size)
    elif isinstance(artist, patches.Rectangle):
        yield from _bar(artist, axes, notes)
    elif isinstance(artist, patches.StepPatch):
        yield from _steps(artist)
    elif isinstance(artist, patches.FancyArrowPatch):
        notes.say("Arrows are left out.")
    elif isinstance(artist, patches.Patch):
        outline = artist.get_patch_transform().transform_path(artist.get_path()).to_polygons(closed_only=False)
        yield from _segments(outline, _colours([artist.get_facecolor()]), _label(artist), notes)
    elif isinstance(artist, text.Text):
        yield from _note(artist, axes)
    else:
        notes.say(f"A terminal does not draw a {type(artist).__name__}.")


def colour(rgba: Any) -> str:
    """#rrggbb, without transparency."""
    red, green, blue = (round(255 * min(1.0, max(0.0, float(part)))) for part in tuple(rgba)[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"


def _colours(many: Any) -> list[str]:
    return [colour(one) for one in many] or ["#888888"]


def _label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label.replace("$", "").replace("\n", " ")[:200]


def _numbers(values: Any) -> list[float | None]:
    filled = np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)
    return [rounded(value) for value in filled.ravel()]


# --- lines -------------------------------------------------------------------------------------------------------


def _line(line: Any, axes: Any, notes: Unsaid) -> Iterator[dict[str, Any]]:
    from matplotlib.colors import to_rgba
    from matplotlib.lines import AxLine

    x, y = _numbers(line.get_xdata(orig=False)), _numbers(line.get_ydata(orig=False))
    shade, label = colour(to_rgba(line.get_color())), _label(line)
    if isinstance(line, AxLine):
        yield from _endless(line, axes, shade, label)
        return
    transform = line.get_transform()
    if transform == axes.get_yaxis_transform(which="grid") and y and y[0] is not None:
        yield {"kind": "rule", "axis": "y", "at": y[0], "colour": shade, "label": label}
    elif transform == axes.get_xaxis_transform(which="grid") and x and x[0] is not None:
        yield {"kind": "rule", "axis": "x", "at": x[0], "colour": shade, "label": label}
    elif transform != axes.transData:
        notes.say("A line that is not in data coordinates is left out.")
    elif line.get_linestyle() in ("None", " ", ""):
        if line.get_marker() not in ("None", " ", "", None):
            kept = _thinned(x, y, min(MAX_SCATTER, notes.room))
            yield {"kind": "points", "x": kept[0], "y": kept[1], "colours": [shade], "label": label}
    elif len(x) == len(y):
        kept = _thinned(x, y, min(MAX_LINE, notes.room))
        marked = line.get_marker() not in ("None", " ", "", None)
        layer = {"kind": "line", "x": kept[0], "y": kept[1], "colour": shade, "label": label, "marked": marked}
        yield {**layer, "dashed": line.get_linestyle() != "-"}


def _thinned(x: list[Any], y: list[Any], most: int) -> tuple[list[Any], list[Any]]:
    """At most `most` points: of each stretch its first, its smallest and its largest, and always the last."""
    if len(x) <= most:
        return x, y
    width = -(-len(x) // (most // 4))
    kept: set[int] = {len(x) - 1}
    for start in range(0, len(x), width):
        stretch = range(start, min(start + width, len(x)))
        kept.add(start)
        if gap := next((i for i in stretch if y[i] is None), None):
            kept.add(gap)
        if finite := [i for i in stretch if y[i] is not None]:
            kept |= {min(finite, key=y.__getitem__), max(finite, key=y.__getitem__)}
    order = sorted(kept)
    return [x[i] for i in order], [y[i] for i in order]


def _endless(line: Any, axes: Any, shade: str, label: str) -> Iterator[dict[str, Any]]:
    x1, y1 = line.get_xy1()
    left, right = axes.get_xlim()
    if line.get_xy2() is not None:
        x2, y2 = line.get_xy2()
        if x2 == x1:
            yield {"kind": "rule", "axis": "x", "at": float(x1), "colour": shade, "label": label}
            return
        slope = (y2 - y1) / (x2 - x1)
    else:
        slope = line.get_slope()
    ends = [rounded(y1 + slope * (x - x1)) for x in (left, right)]
    yield {"kind": "line", "x": [float(left), float(right)], "y": ends, "colour": shade, "label": label}


def _segments(segments: Any, shades: list[str], label: str, notes: Unsaid) -> Iterator[dict[str, Any]]:
    """Many short lines, those of one colour as one line with gaps."""
    by_colour: dict[str, tuple[list[Any], list[Any]]] = {}
    for index, segment in enumerate(segments):
        points = np.asarray(segment, dtype=np.float64).reshape(-1, 2)
        x, y = by_colour.setdefault(shades[index % len(shades)], ([], []))
        if index >= MAX_SEGMENTS or len(x) > MAX_SCATTER:
            notes.say("Of many short lines not all are drawn.")
            break
        if x:
            x.append(None)
            y.append(None)
        more = _thinned(_numbers(points[:, 0]), _numbers(points[:, 1]), MAX_LINE)
        x += more[0]
        y += more[1]
    for number, (shade, (x, y)) in enumerate(by_colour.items()):
        yield {"kind": "line", "x": x, "y": y, "colour": shade, "label": "" if number else label}


def _arrows(quiver: Any, notes: Unsaid) -> Iterator[dict[str, Any]]:
    """Arrows as short lines from where they begin; the longest takes a tenth of the panel."""
    offsets = np.asarray(quiver.get_offsets(), dtype=np.float64)
    ways = np.stack([np.ma.filled(quiver.U, 0.0), np.ma.filled(quiver.V, 0.0)], axis=1)
    longest = float(np.hypot(ways[:, 0], ways[:, 1]).max(initial=0.0))
    if longest > 0 and np.isfinite(longest):
        unit = (np.ptp(offsets, axis=0) + 1e-9) / 10 / longest
        ends = offsets + ways * unit
        yield from _segments(np.stack([offsets, ends], axis=1), _colours(quiver.get_facecolor()), "", notes)


def _contours(contours: Any, notes: Unsaid) -> Iterator[dict[str, Any]]:
    """The lines of each level, with the level as their label."""
    shades = _colours(contours.get_edgecolor())
    for index, (level, path) in enumerate(zip(contours.levels, contours.get_paths(), strict=False)):
        pieces = [piece for piece in path.to_polygons(closed_only=False) if len(piece) > 1]
        if pieces:
            yield from _segments(pieces, [shades[index % len(shades)]], "", notes)
            x, y = max(pieces, key=len)[len(max(pieces, key=len)) // 2]
            yield {"kind": "note", "x": rounded(x), "y": rounded(y), "text": f"{level:g}"}


# --- points ------------------------------------------------------------------------------------------------------


def _points(points: Any, notes: Unsaid) -> Iterator[dict[str, Any]]:
    points.update_scalarmappable()
    offsets = np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=np.float64), np.nan)
    faces = points.get_facecolor()
    shades = _colours(faces if len(faces) else points.get_edgecolor())
    if len(shades) not in (1, len(offsets)):
        shades = [shades[index % len(shades)] for index in range(len(offsets))]
    step = max(1, -(-len(offsets) // min(MAX_SCATTER, notes.room)))
    if step > 1:
        notes.say(f"Of {len(offsets)} points every {step}th is drawn.")
        offsets, shades = offsets[::step], shades[::step]
    if len(offsets):
        shades = shades[:1] if len(set(shades)) == 1 else shades
        layer = {"kind": "points", "x": _numbers(offsets[:, 0]), "y": _numbers(offsets[:, 1]), "colours": shades}
        yield {**layer, "label": _label(points)}


def _note(text: Any, axes: Any) -> Iterator[dict[str, Any]]:
    said = text.get_text().replace("$", "").replace("\n", " ")[:200]
    x, y = text.get_transform().transform(text.get_unitless_position())
    x, y = (rounded(value) for value in axes.transData.inverted().transform((x, y)))
    if said.strip() and x is not None and y is not None:
        yield {"kind": "note", "x": x, "y": y, "text": said}


# --- areas -------------------------------------------------------------------------------------------------------


def _bar(bar: Any, axes: Any, notes: Unsaid) -> Iterator[dict[str, Any]]:
    box = bar.get_bbox()
    (left, bottom), (right, top) = box.min, box.max
    transform = bar.get_data_transform()
    if transform == axes.get_xaxis_transform(which="grid"):  # axvspan
        bottom, top = axes.get_ylim()
    elif transform == axes.get_yaxis_transform(which="grid"):
        left, right = axes.get_xlim()
    elif transform != axes.transData:
        notes.say("A rectangle that is not in data coordinates is left out.")
        return
    sides = {"left": left, "right": right, "bottom": bottom, "top": top}
    layer: dict[str, Any] = {name: [rounded(value)] for name, value in sides.items()}
    yield {"kind": "bars", **layer, "colour": _face(bar), "label": _label(bar)}


def _face(patch: Any) -> str:
    face = patch.get_facecolor()
    return colour(face if face[3] > 0 else patch.get_edgecolor())


def _steps(steps: Any) -> Iterator[dict[str, Any]]:
    values, edges, baseline = steps.get_data()
    bottom = np.broadcast_to(0.0 if baseline is None else baseline, np.shape(values))
    layer = {"left": edges[:-1], "right": edges[1:], "bottom": bottom, "top": values}
    numbers = {name: _numbers(side)[:1000] for name, side in layer.items()}
    yield {"kind": "bars", **numbers, "colour": _face(steps), "label": _label(steps)}


def _image(image: Any, size: int) -> Iterator[dict[str, Any]]:
    array = np.ma.asarray(image.get_array())
    if 0 in array.shape:
        return
    extent: Any = [float(value) for value in image.get_extent()]
    if array.ndim == 2 and (grey := _grey(image, array, size)):
        layer = grey
    else:
        rgba = image.to_rgba(array, bytes=True, norm=True)
        layer = images.cells(np.asarray(rgba)[..., :3], size, 0.0, 255.0)
        if array.ndim == 2 and image.norm.vmin is not None and image.norm.vmax is not None:
            layer |= {"low": rounded(float(image.norm.vmin)), "high": rounded(float(image.norm.vmax))}
    if image.origin == "lower":
        extent[2], extent[3] = extent[3], extent[2]
    yield {**layer, "extent": extent}  # its top is where the first row lies


def _grey(image: Any, array: Any, size: int) -> dict[str, Any] | None:
    """A picture in one of the grey maps, so that it keeps its values; None for a map in colour."""
    name = image.get_cmap().name.lower()
    low, high = image.norm.vmin, image.norm.vmax
    if name not in ("gray", "grey", "binary", "gray_r", "grey_r", "greys") or low is None or high is None:
        return None
    values = np.ma.filled(np.ma.asarray(array, dtype=np.float64), np.nan)
    if name in ("gray", "grey"):
        return images.cells(values, size, float(low), float(high))
    layer = images.cells(-values, size, -float(high), -float(low))
    return {**layer, "low": rounded(float(high)), "high": rounded(float(low))}


def _mesh(mesh: Any, size: int) -> Iterator[dict[str, Any]]:
    """A pcolormesh: an image, its first row at the bottom."""
    corners = np.asarray(mesh.get_coordinates(), dtype=np.float64)
    shape = (corners.shape[0] - 1, corners.shape[1] - 1)
    values = np.ma.asarray(mesh.get_array()).reshape(shape)
    rgba = np.asarray(mesh.to_rgba(values, bytes=True))[::-1, :, :3]
    layer = images.cells(rgba, size, 0.0, 255.0)
    left, bottom = corners.reshape(-1, 2).min(axis=0)
    right, top = corners.reshape(-1, 2).max(axis=0)
    yield {**layer, "extent": [rounded(value) or 0.0 for value in (left, right, bottom, top)]}


def _regions(contours: Any, size: int) -> Iterator[dict[str, Any]]:
    """Filled contours, looked up on a grid of cells: which level each cell's middle lies in."""
    paths = contours.get_paths()
    boxes = [path.get_extents() for path in paths if len(path.vertices)]
    if not boxes:
        return
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    bottom, top = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    size = min(size, 48)
    x = left + (np.arange(size) + 0.5) * (right - left) / size
    y = top - (np.arange(size) + 0.5) * (top - bottom) / size
    middles = np.stack([grid.ravel() for grid in np.meshgrid(x, y)], axis=1)
    merged = -(-len(paths) // MAX_LEVELS)
    letters = np.full(size * size, ".")
    for index, path in enumerate(paths):
        if len(path.vertices):
            letters[_within(path, middles)] = chr(97 + index // merged)
    shades = _colours(contours.get_facecolor())
    shades = [shades[min(index, len(shades) - 1)] for index in range(0, len(paths), merged)]
    yield {
        "kind": "regions",
        "width": size,
        "height": size,
        "cells": ["".join(row) for row in letters.reshape(size, size)],
        "extent": [rounded(value) or 0.0 for value in (left, right, bottom, top)],
        "levels": [rounded(level) or 0.0 for level in contours.levels[::merged]][:27],
        "colours": shades,
    }


def _within(path: Any, points: Any) -> Any:
    """Which points lie inside a path: holes are pieces of it too, so that an odd number of pieces decides."""
    inside = np.zeros(len(points), dtype=bool)
    for piece in path.to_polygons():
        from matplotlib.path import Path

        inside ^= Path(piece).contains_points(points)
    return inside
