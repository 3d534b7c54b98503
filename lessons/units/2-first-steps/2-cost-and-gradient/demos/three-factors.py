"""The three factors of the chain rule, beside what automatic differentiation finds for them."""

import torch

torch.manual_seed(0)
y = torch.rand(5, dtype=torch.float64, requires_grad=True)
z = torch.randn(5, dtype=torch.float64, requires_grad=True)
label = torch.tensor([1, 0, 1, 1, 0])

H = -(label * torch.log(y) + (1 - label) * torch.log(1 - y))
H.sum().backward()
by_hand = -(label - y) / (y - y**2)
print("dH/dy by hand:    ", by_hand.detach())
print("dH/dy by autograd:", y.grad)

S = 1 / (1 + torch.exp(-z))
S.sum().backward()
print("dy/dz by hand:    ", (S * (1 - S)).detach())
print("dy/dz by autograd:", z.grad)

w0 = torch.tensor(0.3, requires_grad=True)
(w0 * 2.5 + 0.7 * 1.5 + 0.1).backward()
print("dz/dw0 at x0 = 2.5:", w0.grad.item())
