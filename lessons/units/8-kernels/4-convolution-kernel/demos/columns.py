"""A convolution as a product of matrices."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
x, w = torch.randn(2, 3, 6, 7), torch.randn(5, 3, 3, 3)
columns = F.unfold(x, kernel_size=3, padding=1).transpose(1, 2).reshape(2 * 6 * 7, 3 * 3 * 3)
y = columns @ w.reshape(5, -1).T
y = y.reshape(2, 6, 7, 5).permute(0, 3, 1, 2)
same = torch.allclose(y, F.conv2d(x, w, padding=1), atol=1e-5)
print(list(columns.shape), "times", list(w.reshape(5, -1).T.shape), "is the convolution:", same)
