# right
# part: smaller
import torch

def to_one_dimension(table, W, b):
    d = W[1] - W[0]
    new_W = table.new_tensor([[0.0], [1.0]])
    new_b = torch.stack([torch.zeros_like(b[0]), b[1] - b[0]])
    return (table * d).sum(1, keepdim=True), new_W, new_b
