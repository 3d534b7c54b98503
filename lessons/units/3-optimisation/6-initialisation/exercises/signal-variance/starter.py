"""Variances of a layer's output, from the moments of what goes in."""


def variance_of_sum(n_in: int, weight_variance: float, mean: float, variance: float) -> float:
    """The variance of an output, for inputs with this mean and variance."""
    raise NotImplementedError("write variance_of_sum")


def variance_after_relu(n_in: int, weight_variance: float, variance: float) -> float:
    """The variance of an output, for inputs that are the ReLU of symmetric numbers with mean 0 and this variance."""
    raise NotImplementedError("write variance_after_relu")


def he_variance(n_in: int) -> float:
    """The weight variance that keeps the variance from one layer's sums to the next one's."""
    raise NotImplementedError("write he_variance")
