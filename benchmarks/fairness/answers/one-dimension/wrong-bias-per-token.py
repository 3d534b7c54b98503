# wrong: adds the bias to every token
# says: bias|token|length
# part: smaller
import torch

def to_one_dimension(table, W, b):
    between = table @ W.diff(dim=0).T + (b[1] - b[0])
    half = torch.tensor([[-0.5], [0.5]], dtype=table.dtype)
    return between, half, b.clone()
