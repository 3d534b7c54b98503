"""Broadcasting: the size that two sizes have in common."""


def broadcast_shape(s: tuple[int, ...], t: tuple[int, ...]) -> tuple[int, ...] | None:
    """The size to which tensors of the sizes s and t are broadcast; None if they are incompatible."""
    raise NotImplementedError("write broadcast_shape")
