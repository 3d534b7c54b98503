# wrong: leaves dY out of the derivative of the picture
# says: dY|frame|every
# part: backward
import torch
from torch.nn.functional import conv2d, pad

def conv_backward(X, K, dY):
    p, q = K.shape
    framed = pad(torch.ones_like(dY), (q - 1, q - 1, p - 1, p - 1))
    turned = K.flip(0, 1)
    return conv2d(X[None, None], dY[None, None])[0, 0], conv2d(framed[None, None], turned[None, None])[0, 0]
