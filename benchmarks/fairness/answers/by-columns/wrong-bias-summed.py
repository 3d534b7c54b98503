# wrong: adds the sum of the biases to every channel
# says: bias
# part: columns
import torch
from torch.nn import functional as F

def conv_by_columns(x, w, b):
    N, C, H, W = x.shape
    O, _, p, q = w.shape
    windows = F.unfold(x, (p, q))
    y = torch.einsum("ok,nkl->nol", w.reshape(O, C * p * q), windows)
    return (y + b.sum()).view(N, O, H - p + 1, W - q + 1)
