# right
# part: slide
import torch


def conv1d(x, w, b, stride, padding, dilation):
    n, c, d = x.shape
    o, _, k = w.shape
    padded = torch.zeros(n, c, d + 2 * padding, dtype=x.dtype)
    padded[:, :, padding : padding + d] = x
    size = (d + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    out = torch.zeros(n, o, size, dtype=x.dtype)
    for place in range(size):
        taps = torch.arange(k) * dilation + place * stride
        out[:, :, place] = torch.tensordot(padded[:, :, taps], w, dims=([1, 2], [1, 2])) + b
    return out
