"""A transposed convolution, computed in three ways."""

import torch
from torch.nn.functional import conv2d, conv_transpose2d, pad

torch.manual_seed(0)
X, K = torch.randn(1, 1, 7, 9, requires_grad=True), torch.randn(1, 1, 3, 2)
Y = conv2d(X, K)
G = torch.randn_like(Y)  # stands for the derivatives with respect to Y
Y.backward(G)

with torch.no_grad():
    transposed = conv_transpose2d(G, K)
    framed = conv2d(pad(G, (1, 1, 2, 2)), torch.rot90(K, 2, dims=(2, 3)))
print("Y:", tuple(Y.shape[2:]), " result:", tuple(transposed.shape[2:]))
differences = [(one - X.grad).abs().max().item() for one in (transposed, framed)]
print(f"largest difference from autograd: {differences[0]:.1e} and {differences[1]:.1e}")
