"""A stack of recurrent cells, by hand."""

import torch


def run_stack(X: torch.Tensor, layers: list[tuple[torch.Tensor, ...]]) -> tuple[torch.Tensor, torch.Tensor]:
    """The top states (T, H), and the last state of each cell (len(layers), H)."""
    raise NotImplementedError("write run_stack")
