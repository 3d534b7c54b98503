"""A bound for the derivative of the last state with respect to the recurrent weight."""


def bound(w: float, T: int) -> float:
    """A number that the absolute value of the derivative exceeds for no sentence of T tokens."""
    raise NotImplementedError("write bound")
