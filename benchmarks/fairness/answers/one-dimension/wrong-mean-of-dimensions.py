# wrong: takes the mean over the dimensions
# says: mean|difference|dimension
# part: smaller
import torch

def to_one_dimension(table, W, b):
    between = table.mean(1, keepdim=True)
    half = torch.tensor([[-0.5], [0.5]], dtype=table.dtype)
    return between, half, b.clone()
