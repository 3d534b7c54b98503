# right
# part: backward
from torch.nn.functional import conv2d, pad

def conv_backward(X, K, dY):
    dK, dX = K * 0, X * 0
    for r in range(dY.shape[0]):
        for s in range(dY.shape[1]):
            window = slice(r, r + K.shape[0]), slice(s, s + K.shape[1])
            dK += dY[r, s] * X[window]
            dX[window] += dY[r, s] * K
    return dK, dX
