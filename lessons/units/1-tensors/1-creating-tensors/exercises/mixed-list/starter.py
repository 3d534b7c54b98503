"""A mixed list: which lists become tensors, and of which dtype?"""

import torch


def describe_conversion(items: list) -> tuple[bool, torch.dtype | None]:
    """(True, the dtype) if torch.tensor makes a tensor of the items, (False, None) if it refuses."""
    raise NotImplementedError("write describe_conversion")
