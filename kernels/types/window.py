"""How a filter slides over a picture: its size, stride, padding and dilation, and the sizes that come of them."""

from collections.abc import Sequence
from typing import NamedTuple

Size = int | Sequence[int]
"""One number for both axes, or one for each."""


class Window(NamedTuple):
    """Two numbers each, for rows and columns."""

    size: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]

    def output(self, picture: Sequence[int]) -> tuple[int, int]:
        """Rows and columns of a convolution's output: floor((H + 2P - D(K - 1) - 1) / S) + 1. Below 1: too small."""
        height, width = (
            (picture[axis] + 2 * self.padding[axis] - self.dilation[axis] * (self.size[axis] - 1) - 1)
            // self.stride[axis]
            + 1
            for axis in (0, 1)
        )
        return height, width

    def transposed_output(self, picture: Sequence[int], extra: Sequence[int]) -> tuple[int, int]:
        """Rows and columns of a transposed convolution's output: (H - 1)S - 2P + D(K - 1) + extra + 1."""
        height, width = (
            (picture[axis] - 1) * self.stride[axis]
            - 2 * self.padding[axis]
            + self.dilation[axis] * (self.size[axis] - 1)
            + extra[axis]
            + 1
            for axis in (0, 1)
        )
        return height, width

    def edges(self, picture: Sequence[int], output: Sequence[int]) -> dict[str, bool]:
        """Over which edges of a picture the filter stands at any place of the output, as the kernels name them."""
        over = [
            ((out - 1) * stride - padding + dilation * (size - 1) >= whole, padding > 0)
            for whole, out, size, stride, padding, dilation in zip(picture, output, *self, strict=True)
        ]
        return _sides(over)

    def transposed_edges(self, picture: Sequence[int], output: Sequence[int]) -> dict[str, bool]:
        """Over which edges of the output the places reach from which a pixel of the picture is seen."""
        over = [
            ((whole - 1 + padding) // stride >= out, padding < dilation * (size - 1))
            for whole, out, size, stride, padding, dilation in zip(picture, output, *self, strict=True)
        ]
        return _sides(over)

    def constants(self) -> dict[str, int]:
        """As the kernels name them."""
        names = (("KH", "KW"), ("SH", "SW"), ("PH", "PW"), ("DH", "DW"))
        return {
            name: value
            for pair, values in zip(names, self, strict=True)
            for name, value in zip(pair, values, strict=True)
        }


def _sides(over: list[tuple[bool, bool]]) -> dict[str, bool]:
    (bottom, top), (right, left) = over
    return {"TOP": top, "BOTTOM": bottom, "LEFT": left, "RIGHT": right}
