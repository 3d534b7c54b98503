# wrong: has the sign of a step
# says: sign
# part: backward
from torch.nn.functional import conv2d, pad

def conv_backward(X, K, dY):
    p, q = K.shape
    framed = pad(dY, (q - 1, q - 1, p - 1, p - 1))
    turned = K.flip(0, 1)
    return -conv2d(X[None, None], dY[None, None])[0, 0], -conv2d(framed[None, None], turned[None, None])[0, 0]
