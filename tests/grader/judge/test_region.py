"""Where wrong elements lie, in words and as a picture."""

from __future__ import annotations

import pytest
import torch

from grader.judge.compare import Tolerance, compare
from grader.judge.region import region, strip


def marked(shape: tuple[int, ...], *index: object) -> torch.Tensor:
    wrong = torch.zeros(shape, dtype=torch.bool)
    wrong[tuple(index)] = True  # type: ignore[index]
    return wrong


ALL = slice(None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (marked((4, 5), 2), "in row 2"),
        (marked((4, 5), ALL, 3), "in column 3"),
        (marked((4, 5), ALL, slice(3, None)), "in the last 2 columns"),
        (marked((6, 5), slice(0, 2)), "in the first 2 rows"),
        (marked((4, 6), ALL, slice(1, None, 2)), "in every second column, from 1"),
        (marked((8,), slice(0, None, 2)), "in every second place, from 0"),
        (marked((2, 3, 4), 1), "in index of dimension 0 1"),
        (marked((4, 5), 1, 2), None),
        (marked((4, 5)), None),
        (torch.eye(4, dtype=torch.bool), None),
    ],
)
def test_region(wrong: torch.Tensor, words: str | None) -> None:
    assert region(wrong) == words


def test_the_border_is_named() -> None:
    wrong = torch.ones(5, 6, dtype=torch.bool)
    wrong[1:-1, 1:-1] = False
    assert region(wrong) == "at the border"
    wrong[2, 2] = True
    assert region(wrong) is None


def test_strip() -> None:
    assert strip(marked((2, 4), 1, slice(0, 2))) == "....\nxx.."
    assert strip(marked((5,), 4)) == "....x"
    assert strip(marked((40, 5), 1)) is None and strip(marked((2, 2, 2), 1)) is None
    assert strip(torch.ones(3, 3, dtype=torch.bool)) is None


def test_a_difference_tells_both() -> None:
    right = torch.arange(20.0).reshape(4, 5)
    wrong = right.clone()
    wrong[:, 2] += 1
    found = compare(wrong, right, Tolerance())
    assert found is not None and found.strip == "\n".join(["..x.."] * 4)
    assert found.message.startswith("4 of 20 elements differ, all of them in column 2; the first is result[0, 2]")
