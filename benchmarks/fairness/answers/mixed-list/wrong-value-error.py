# wrong: ValueError alone is caught
# says: TypeError|exception
# part: convert
import torch


def describe_conversion(items):
    try:
        t = torch.tensor(items)
        return True, t.dtype
    except ValueError:
        return False, None
