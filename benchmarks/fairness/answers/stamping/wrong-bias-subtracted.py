# wrong: subtracts the bias
# says: sign|bias|subtract
# part: layer
import torch

def stamp(X, K):
    (h, w), (p, q) = X.shape, K.shape
    out = X.new_zeros(h + p - 1, w + q - 1)
    for i in range(p):
        for j in range(q):
            out[i : i + h, j : j + w] += K[i, j] * X
    return out


def transposed(X, W, b, stride, padding):
    n, _, h, w = X.shape
    _, c, p, q = W.shape
    tall, wide = (h - 1) * stride + 1, (w - 1) * stride + 1
    out = X.new_zeros(n, c, tall + p - 1, wide + q - 1)
    for i in range(p):
        for j in range(q):
            out[:, :, i : i + tall : stride, j : j + wide : stride] += torch.einsum("nihw,io->nohw", X, W[:, :, i, j])
    inside = out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]
    return inside - b[:, None, None]
