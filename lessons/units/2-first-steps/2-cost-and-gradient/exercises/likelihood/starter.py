"""The logarithm of the likelihood."""

import torch


def log_likelihood(y: torch.Tensor, yt: torch.Tensor) -> torch.Tensor:
    """log L for probabilities of black y and labels yt, both of size (n,): a tensor without dimensions."""
    raise NotImplementedError("write log_likelihood")
