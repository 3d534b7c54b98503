"""What a figure shows, in sentences: for plain lines and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from grader.records.figure import Bars, Boxes, Figure, Image, Line, Note, Panel, Points, Regions, Rule
from grader.report.counted import counted

TOLD = 12
"""Panels that are described one by one."""


def sentences(figure: Figure) -> Iterator[str]:
    """A sentence for each panel; one for all where they are images of one size."""
    only = [panel.layers[0] for panel in figure.panels if len(panel.layers) == 1]
    images = [layer for layer in only if isinstance(layer, Image)]
    if 1 < len(images) == len(figure.panels) and len({(one.width, one.height, one.mode) for one in images}) == 1:
        titles = [panel.title for panel in figure.panels if panel.title]
        yield f"[{len(images)} times {_image(images[0])}{': ' if titles else ''}{', '.join(titles)}.]"
        return
    for panel in figure.panels[:TOLD]:
        yield f"[{panel_sentence(panel)}]"
    if len(figure.panels) > TOLD:
        yield f"[and {counted(len(figure.panels) - TOLD, 'more panel')}]"


def panel_sentence(panel: Panel) -> str:
    """`Loss: 2 lines (train, test) of 30 points; x epoch from 0 to 30, y from 0.1 to 2.3 (logarithmic).`"""
    told = list(filter(None, (_boxes(panel), _lines(panel), _points(panel), _bars(panel))))
    told += [_image(layer) for layer in panel.layers if isinstance(layer, Image)]
    told += [f"filled areas of {len(layer.colours)} levels" for layer in panel.layers if isinstance(layer, Regions)]
    for rule in (layer for layer in panel.layers if isinstance(layer, Rule)):
        told.append(f"a line at {rule.axis} = {rule.at:.4g}{_named(rule.label)}")
    notes = [layer.text for layer in panel.layers if isinstance(layer, Note)]
    if notes:
        told.append(f"texts: {', '.join(notes[:8])}{' ..' if len(notes) > 8 else ''}")
    what = ", ".join(told) or "nothing"
    ranges = []
    if panel.axes:
        for axis, limits, label, log in (
            ("x", panel.x_limits, panel.x_label, panel.x_log),
            ("y", panel.y_limits, panel.y_label, panel.y_log),
        ):
            if limits is not None:
                name = f"{axis} ({label})" if label else axis
                names = list(panel.x_names) if axis == "x" else []
                ends = (names[0], names[-1]) if names else tuple(f"{limit:.3g}" for limit in limits)
                ranges.append(f"{name} from {ends[0]} to {ends[1]}{', logarithmic' if log else ''}")
    head = f"{panel.title}: " if panel.title else ""
    return f"{head}{what}{'; ' if ranges else ''}{', '.join(ranges)}."


def _named(label: str) -> str:
    return f" ({label})" if label else ""


def _lines(panel: Panel) -> str:
    lines = [layer for layer in panel.layers if isinstance(layer, Line)]
    if not lines:
        return ""
    names = [line.label for line in lines if line.label]
    count = "a line" if len(lines) == 1 else f"{len(lines)} lines"
    ends = ""
    if len(lines) == 1 and (values := [value for value in lines[0].y if value is not None]):
        ends = f" from y = {values[0]:.3g} to {values[-1]:.3g}, between {min(values):.3g} and {max(values):.3g}"
    return f"{count}{_named(', '.join(names))}{ends}"


def _points(panel: Panel) -> str:
    layers = [layer for layer in panel.layers if isinstance(layer, Points)]
    count = sum(len(layer.x) for layer in layers)
    if not count:
        return ""
    names = [layer.label for layer in layers if layer.label]
    colours = len({colour for layer in layers for colour in layer.colours})
    kinds = f" in {colours} colours" if colours > 1 else ""
    return f"{count} point{'' if count == 1 else 's'}{kinds}{_named(', '.join(names))}"


def _bars(panel: Panel) -> str:
    layers = [layer for layer in panel.layers if isinstance(layer, Bars)]
    tops = [top for layer in layers for top in layer.top if top is not None]
    if not tops:
        return ""
    names = [layer.label for layer in layers if layer.label]
    return f"{len(tops)} bar{'' if len(tops) == 1 else 's'}{_named(', '.join(names))}, the highest {max(tops):.3g}"


def _boxes(panel: Panel) -> str:
    """`3 boxes; medians (quartiles) 0.35 (0.2 to 0.41), 0.12 (0.1 to 0.2), 0 (0 to 0.01)`."""
    told = []
    for layer in (layer for layer in panel.layers if isinstance(layer, Boxes)):
        for first, median, third in zip(layer.first, layer.median, layer.third, strict=True):
            if None not in (first, median, third):
                told.append(f"{median:.3g} ({first:.3g} to {third:.3g})")
    if not told:
        return ""
    few = f"{', '.join(told[:TOLD])}{' ..' if len(told) > TOLD else ''}"
    return f"{len(told)} box{'' if len(told) == 1 else 'es'}, medians (quartiles) {few}"


def _image(image: Image) -> str:
    size = image.of or f"{image.height} x {image.width}"
    span = ""
    if image.low is not None and image.high is not None:
        black, white = ("black ", "white ") if image.mode == "grey" else ("from ", "to ")
        span = f", {black}{image.low:.3g}{',' if image.mode == 'grey' else ''} {white}{image.high:.3g}"
    return f"an image of {size} {'in colour' if image.mode == 'rgb' else 'in grey'}{span}"
