"""From degrees Celsius to degrees Fahrenheit - not yet."""

import torch


def fahrenheit(celsius: torch.Tensor) -> torch.Tensor:
    """The temperatures in degrees Fahrenheit, a tensor of the same size."""
    return (celsius + 32) * 9 / 5
