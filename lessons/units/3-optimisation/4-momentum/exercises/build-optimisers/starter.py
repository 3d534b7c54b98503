"""Momentum, RMSprop and Adam, as classes with a method step()."""

import torch


class Momentum:
    def __init__(self, params: list[torch.Tensor], lr: float, beta: float):
        raise NotImplementedError("write Momentum")

    def step(self) -> None:
        """Changes the parameters in place, from their .grad."""


class RMSprop:
    def __init__(self, params: list[torch.Tensor], lr: float, beta: float, eps: float):
        raise NotImplementedError("write RMSprop")

    def step(self) -> None:
        """Changes the parameters in place, from their .grad."""


class Adam:
    def __init__(self, params: list[torch.Tensor], lr: float, beta1: float, beta2: float, eps: float):
        raise NotImplementedError("write Adam")

    def step(self) -> None:
        """Changes the parameters in place, from their .grad."""
