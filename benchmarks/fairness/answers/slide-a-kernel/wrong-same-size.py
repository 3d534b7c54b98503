# wrong: pads so that the size stays
# says: size|shape|pad|smaller
# part: conv
import torch

def conv2d(X, K):
    if not isinstance(X, torch.Tensor) or X.dim() != 2 or X.numel() == 0:
        raise ValueError("no picture")
    if not isinstance(K, torch.Tensor) or K.dim() != 2 or K.numel() == 0:
        raise ValueError("no kernel")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    X, K = X.to(torch.float32), K.to(torch.float32)
    p, q = K.shape
    rows, columns = X.shape[0] - p + 1, X.shape[1] - q + 1
    total = torch.zeros(rows, columns)
    for i in range(p):
        for j in range(q):
            total += K[i, j] * X[i : i + rows, j : j + columns]
    out = torch.zeros_like(X)
    out[:rows, :columns] = total
    return out
