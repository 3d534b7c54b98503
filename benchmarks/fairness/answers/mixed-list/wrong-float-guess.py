# wrong: always says float32
# says: int64|float32
# part: convert
import torch


def describe_conversion(items):
    try:
        torch.tensor(items)
    except Exception:
        return False, None
    return True, torch.float32
