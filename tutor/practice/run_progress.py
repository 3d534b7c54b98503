"""How far a run is, as a bar and in words."""

from __future__ import annotations

from typing import Any

BAR = 20
"""Cells of the bar."""


def state_of(event: dict[str, Any], doing: str) -> str | None:
    """What is said of a run after an event of its progress, or of the making of its data; None for other events.

    doing: what the run is when its data are there, such as "Running".
    """
    if event["type"] == "progress":
        return f"{doing}: {progress_bar(event)}. Esc stops it."
    if event["type"] == "making":
        far = f": {progress_bar(event)}" if event["total"] else ", which takes a few seconds and happens once"
        return f"Making {event['name']}{far}. Esc stops it."
    return f"{doing}. Esc stops it." if event["type"] == "made" else None


def run_line(doing: str, seconds: float, event: dict[str, Any] | None) -> str:
    """What is pinned to the foot of the screen while something runs: what, for how long, how far, and how to stop it.

    event: the last one of its progress, or of the making of its data; None before the first.
    """
    what, far = doing, ""
    if event is not None and event["type"] == "making":
        what = f"{doing}, making {event['name']}"
    if event is not None and event["type"] in ("progress", "making") and (event["total"] or event["done"]):
        far = f"   {progress_bar(event)}"
    time = f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s" if seconds < 60 else _minutes(seconds)
    return f"{what}   {time}{far}   Esc stops it"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02} min"


def progress_bar(event: dict[str, Any]) -> str:
    """`██████████░░░░░░░░░░ 12 of 24, about 3 s left`"""
    done, total, left = event["done"], event["total"], event["left"]
    rest = f", about {left:.0f} s left" if left is not None else ""
    if not total:
        return f"{done} done{rest}"
    full = min(BAR, BAR * done // total)
    return f"{'█' * full}{'░' * (BAR - full)} {done} of {total}{rest}"
