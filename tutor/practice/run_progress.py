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


def progress_bar(event: dict[str, Any]) -> str:
    """`██████████░░░░░░░░░░ 12 of 24, about 3 s left`"""
    done, total, left = event["done"], event["total"], event["left"]
    rest = f", about {left:.0f} s left" if left is not None else ""
    if not total:
        return f"{done} done{rest}"
    full = min(BAR, BAR * done // total)
    return f"{'█' * full}{'░' * (BAR - full)} {done} of {total}{rest}"
