"""The sigmoid and its derivative."""

import matplotlib.pyplot as plt
import torch

x = torch.arange(-8, 8, 0.1, requires_grad=True)
y = torch.sigmoid(x)
y.backward(torch.ones_like(x))
plt.plot(x.detach(), y.detach(), label="sigmoid")
plt.plot(x.detach(), x.grad, label="derivative")
plt.legend()
plt.show()
print(f"largest derivative {x.grad.max():.4f}, at -8 it is {x.grad[0]:.6f}; ten in a row: {0.25**10:.1e}")
