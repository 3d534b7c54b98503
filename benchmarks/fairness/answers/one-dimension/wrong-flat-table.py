# wrong: returns a flat table
# says: size|shape
# part: smaller
import torch

def to_one_dimension(table, W, b):
    between = table @ W.diff(dim=0).T
    half = torch.tensor([[-0.5], [0.5]], dtype=table.dtype)
    return between.flatten(), half, b.clone()
