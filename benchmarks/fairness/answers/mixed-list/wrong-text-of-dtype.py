# wrong: a string instead of a dtype
# says: dtype|string|str
# part: convert
import torch


def describe_conversion(items):
    try:
        return True, str(torch.tensor(items).dtype)
    except Exception:
        return False, None
