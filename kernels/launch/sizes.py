"""Sizes of tiles and grids."""


def next_power_of_2(number: int) -> int:
    """The smallest power of two that is not below `number` (at least 1)."""
    return 1 << max(0, number - 1).bit_length()


def ceil_div(number: int, divisor: int) -> int:
    """How many pieces of `divisor` cover `number`."""
    return -(-number // divisor)
