"""From sentences in two languages to tensors."""

import torch


def prepare(
    records: list[dict[str, str]], source: str, target: str, min_freq: int = 1
) -> tuple[list[str], list[str], list[torch.Tensor], list[torch.Tensor]]:
    """Source vocabulary, target vocabulary, source tensors, target tensors."""
    raise NotImplementedError("write prepare")
