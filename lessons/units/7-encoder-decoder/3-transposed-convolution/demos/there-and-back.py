"""A convolution and its transpose, one after the other."""

import torch
from torch.nn.functional import conv2d, conv_transpose2d

torch.manual_seed(0)
X, K = torch.randn(1, 1, 5, 6), torch.randn(1, 1, 3, 3)
back = conv_transpose2d(conv2d(X, K), K)
print("sizes:", tuple(X.shape[2:]), "->", tuple(conv2d(X, K).shape[2:]), "->", tuple(back.shape[2:]))
print("first row:", [round(one, 2) for one in X[0, 0, 0].tolist()])
print("and back: ", [round(one, 2) for one in back[0, 0, 0].tolist()])
