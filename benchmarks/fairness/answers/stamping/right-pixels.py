# right
# part: stamp
import torch


def stamp(X, K):
    out = torch.zeros(X.size(0) + K.size(0) - 1, X.size(1) + K.size(1) - 1, dtype=torch.float64)
    for r, row in enumerate(X):
        for s, pixel in enumerate(row):
            out[r : r + K.size(0), s : s + K.size(1)] += pixel * K
    return out


def transposed(X, W, b, stride, padding):
    raise NotImplementedError
