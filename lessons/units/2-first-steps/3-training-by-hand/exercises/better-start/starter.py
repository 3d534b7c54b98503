"""A better start for the training of the neuron."""


def my_init() -> tuple[float, float, float]:
    """The parameters w0, w1 and b to start from."""
    raise NotImplementedError("write my_init")
