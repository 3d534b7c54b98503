# wrong: does not pad
# says: pad|size|shape
# part: slide
import torch

def conv1d(x, w, b, stride, padding, dilation):
    K = w.shape[-1]
    places = (x.shape[-1] - dilation * (K - 1) - 1) // stride + 1
    y = b[None, :, None].repeat(len(x), 1, places)
    for k in range(K):
        first = k * dilation
        tap = x[:, :, first : first + stride * (places - 1) + 1 : stride]
        y += w[:, :, k] @ tap
    return y
