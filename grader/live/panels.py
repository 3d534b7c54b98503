"""A matplotlib figure as plain data: its panels, and what was said where something cannot be drawn.

Read from the artists, so that `show` needs no pixels. matplotlib is imported by whoever made the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.live import artists, boxes
from grader.live.artists import Unsaid
from grader.live.images import rounded
from grader.records.figure import MAX_LAYERS, MAX_PANELS

MAX_TEXT = 200
BYTES = 200_000
"""Of a figure; what comes after is left out."""


def is_figure(value: object) -> bool:
    """Whether this is a matplotlib figure; without importing matplotlib."""
    return any(kind.__module__.startswith("matplotlib.figure") for kind in type(value).__mro__)


def figure(drawn: Any, title: str = "") -> dict[str, Any]:
    """A figure's plain data. Never raises for what is in the figure: that is said instead."""
    notes = Unsaid(sum(len(one.lines) + len(one.collections) for one in drawn.get_axes()))
    panels = []
    room = BYTES
    names = [text.get_text() for text in (getattr(drawn, "_suptitle", None),) if text is not None]
    axes = [one for one in drawn.get_axes() if one.get_visible()]
    bars = [one for one in axes if getattr(one, "_colorbar", None) is not None]
    axes = [one for one in axes if one not in bars]
    for index, one in enumerate(axes[:MAX_PANELS]):
        try:
            panel = _panel(one, index, len(axes), notes)
        except Exception as error:  # whatever a learner's own artist does, the rest of the figure is shown
            notes.say(f"Panel {index + 1} cannot be drawn ({type(error).__name__}).")
            continue
        room -= len(repr(panel))
        if room < 0:
            notes.say(f"The figure is too large: {len(axes) - index} of its panels are left out.")
            break
        panels.append(panel)
    if len(axes) > MAX_PANELS:
        notes.say(f"{MAX_PANELS} of {len(axes)} panels are shown.")
    _squeezed(panels)
    shown = title or (names[0] if names else "")
    return {"title": plain(shown), "panels": panels, "notes": notes.sentences}


def plain(text: object) -> str:
    """A label without matplotlib's dollar signs."""
    return str(text).replace("$", "").replace("\n", " ").strip()[:MAX_TEXT]


def _panel(axes: Any, index: int, count: int, notes: Unsaid) -> dict[str, Any]:
    row, column = _place(axes, index)
    if axes.name != "rectilinear":
        notes.say(f"A terminal does not draw {axes.name} axes.")
        return {"row": row, "column": column, "title": plain(axes.get_title()), "axes": False}
    found: list[dict[str, Any]] = []
    size = artists.side(count)
    names = _bar_names(axes)
    boxed, members = boxes.of(axes)
    if boxed:
        found.append(boxed)
    for artist in _artists(axes):
        if not artist.get_visible() or id(artist) in members:
            continue
        for layer in artists.of(artist, axes, size, notes):
            if layer["kind"] == "bars":
                layer["label"] = layer["label"] or names.get(id(artist), "")
                if found and _joined(found[-1], layer):
                    continue
            if len(found) < MAX_LAYERS:
                found.append(layer)
            else:
                notes.say(f"A panel has more than {MAX_LAYERS} things in it; the rest is left out.")
                break
    panel = {
        "row": row,
        "column": column,
        "title": plain(axes.get_title() or axes.get_title("left") or axes.get_title("right")),
        "x_label": plain(axes.get_xlabel()),
        "y_label": plain(axes.get_ylabel()),
        "x_limits": _limits(axes.get_xlim()),
        "y_limits": _limits(axes.get_ylim()),
        "x_log": _logarithmic(axes.get_xscale(), notes),
        "y_log": _logarithmic(axes.get_yscale(), notes),
        "x_names": _names(axes),
        "axes": bool(axes.axison),
        "legend": axes.get_legend() is not None,
        "layers": found,
    }
    return {name: value for name, value in panel.items() if value or name in ("row", "column", "axes")}


def _artists(axes: Any) -> Iterator[Any]:
    """What was drawn, the lowest first."""
    groups = (axes.images, axes.collections, axes.patches, axes.lines, axes.texts, axes.tables)
    artists = [artist for group in groups for artist in group]
    yield from sorted(artists, key=lambda artist: artist.get_zorder())


def _bar_names(axes: Any) -> dict[int, str]:
    """The label of each rectangle whose label is that of a bar plot or a histogram."""
    names = {}
    for container in axes.containers:
        label = str(container.get_label() or "")
        if not label.startswith("_"):
            names.update({id(one): plain(label) for one in container if hasattr(one, "get_bbox")})
    return names


def _joined(before: dict[str, Any], layer: dict[str, Any]) -> bool:
    """Adds bars to those before them, where they belong together."""
    alike = all(before.get(name) == layer[name] for name in ("kind", "colour", "label"))
    if not alike or len(before["left"]) >= 1000:
        return False
    for name in ("left", "right", "bottom", "top"):
        before[name] += layer[name]
    return True


def _place(axes: Any, index: int) -> tuple[int, int]:
    """Row and column in the figure's grid; axes that were placed by hand come below one another."""
    spec = axes.get_subplotspec()
    if spec is None:
        return min(index, MAX_PANELS - 1), 0
    top = spec.get_topmost_subplotspec()
    row, column = top.rowspan.start, top.colspan.start
    if top is not spec:  # a grid in a cell of a grid, as colour bars make them
        row, column = row + spec.rowspan.start, column + (spec.colspan.start if spec.get_gridspec().nrows > 1 else 0)
    return min(row, MAX_PANELS - 1), min(column, MAX_PANELS - 1)


def _squeezed(panels: list[dict[str, Any]]) -> None:
    """Counts rows and columns without the empty ones."""
    for name in ("row", "column"):
        used = sorted({panel[name] for panel in panels})
        for panel in panels:
            panel[name] = used.index(panel[name])


def _limits(pair: Any) -> list[float] | None:
    low, high = (rounded(value) for value in pair)
    return None if low is None or high is None else [low, high]


def _logarithmic(scale: str, notes: Unsaid) -> bool:
    if scale not in ("linear", "log"):
        notes.say(f"A scale is {scale}; it is drawn linear.")
    return scale == "log"


def _names(axes: Any) -> dict[str, float]:
    """The texts at the x-axis, where they are not its numbers: categories, or what set_xticks was given."""
    from matplotlib import dates
    from matplotlib.category import StrCategoryFormatter
    from matplotlib.ticker import FixedFormatter

    formatter: Any = axes.xaxis.get_major_formatter()
    places = [float(place) for place in axes.get_xticks()][:40]
    labels: list[str]
    if isinstance(formatter, StrCategoryFormatter | dates.AutoDateFormatter | dates.ConciseDateFormatter):
        labels = list(formatter.format_ticks(places))
    elif isinstance(formatter, FixedFormatter):
        labels = [formatter(place, index) for index, place in enumerate(places)]
    else:
        return {}
    pairs = zip(labels, places, strict=False)
    return {plain(label): place for label, place in pairs if label and rounded(place) is not None}
