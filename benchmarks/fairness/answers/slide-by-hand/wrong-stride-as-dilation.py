# wrong: takes the stride for the dilation
# says: dilat|stride
# part: slide
import torch

def conv1d(x, w, b, stride, padding, dilation):
    x = torch.nn.functional.pad(x, (padding, padding))
    K = w.shape[-1]
    places = (x.shape[-1] - stride * (K - 1) - 1) // stride + 1
    y = b[None, :, None].repeat(len(x), 1, places)
    for k in range(K):
        first = k * stride
        tap = x[:, :, first : first + stride * (places - 1) + 1 : stride]
        y += w[:, :, k] @ tap
    return y
