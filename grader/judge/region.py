"""Where the wrong elements lie: in words, and as a small picture of crosses."""

from __future__ import annotations

import torch

LINES, COLUMNS = 12, 60
RIGHT, WRONG = ".", "x"


def region(wrong: torch.Tensor) -> str | None:
    """Where all wrong elements lie, in words; None where that is everywhere or nowhere in particular.

    wrong: bool, any shape, with at least one True.
    """
    if wrong.dim() == 0 or bool(wrong.all()) or int(wrong.sum()) < 2:
        return None
    return _stripes(wrong) or _slab(wrong) or _border(wrong)


def _names(wrong: torch.Tensor, dim: int) -> tuple[str, str]:
    if wrong.dim() == 1:
        return "place", "places"
    if wrong.dim() == 2:
        return ("row", "rows") if dim == 0 else ("column", "columns")
    return f"index of dimension {dim}", f"indices of dimension {dim}"


def _affected(wrong: torch.Tensor, dim: int) -> list[bool]:
    """For each index along a dimension: is anything wrong there?"""
    other = [d for d in range(wrong.dim()) if d != dim]
    hit = wrong.any(dim=other) if other else wrong
    return [bool(one) for one in hit]


def _stripes(wrong: torch.Tensor) -> str | None:
    for dim in range(wrong.dim()):
        hit = _affected(wrong, dim)
        if len(hit) >= 4:
            for start in (0, 1):
                if hit == [i % 2 == start for i in range(len(hit))]:
                    return f"in every second {_names(wrong, dim)[0]}, from {start}"
    return None


def _slab(wrong: torch.Tensor) -> str | None:
    for dim in range(wrong.dim()):
        hit = _affected(wrong, dim)
        one, many = _names(wrong, dim)
        count = sum(hit)
        if count == 1 and len(hit) > 1:
            return f"in {one} {hit.index(True)}" if wrong.dim() > 1 else None
        if count <= len(hit) // 2:
            if all(hit[:count]):
                return f"in the first {count} {many}"
            if all(hit[-count:]):
                return f"in the last {count} {many}"
    return None


def _border(wrong: torch.Tensor) -> str | None:
    if wrong.dim() < 2 or min(wrong.shape[-2:]) < 3:
        return None
    inside = wrong[..., 1:-1, 1:-1]
    return None if bool(inside.any()) else "at the border"


def strip(wrong: torch.Tensor) -> str | None:
    """A picture of one or two dimensions, a character an element; None where it would be too large or say nothing."""
    if wrong.dim() not in (1, 2) or wrong.numel() < 3 or bool(wrong.all()):
        return None
    rows = wrong.reshape(1, -1) if wrong.dim() == 1 else wrong
    if rows.shape[0] > LINES or rows.shape[1] > COLUMNS:
        return None
    return "\n".join("".join(WRONG if one else RIGHT for one in row) for row in rows.tolist())
