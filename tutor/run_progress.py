"""How far a run is, as a bar and in words."""

from __future__ import annotations

from typing import Any

BAR = 20
"""Cells of the bar."""


def progress_bar(event: dict[str, Any]) -> str:
    """`██████████░░░░░░░░░░ 12 of 24, about 3 s left`"""
    done, total, left = event["done"], event["total"], event["left"]
    rest = f", about {left:.0f} s left" if left is not None else ""
    if not total:
        return f"{done} done{rest}"
    full = min(BAR, BAR * done // total)
    return f"{'█' * full}{'░' * (BAR - full)} {done} of {total}{rest}"
