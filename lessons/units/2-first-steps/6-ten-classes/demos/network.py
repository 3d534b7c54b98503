"""The network as a diagram, and one picture of noise on its way through it."""

import torch

print(r"""
   x0   --\   /--> z0 --.         .--> y0
   x1   ---\ /---> z1 --|         |--> y1
   x2   ----X----> z2 --| softmax |--> y2
   ...     / \     ...  |         |    ...
   x783 --/   \--> z9 --'         '--> y9

       every pixel
       to every sum
""")

torch.manual_seed(0)
X = torch.rand(784)
W, b = torch.randn(10, 784) / 28, torch.zeros(10)
Z = W @ X + b
Y = torch.softmax(Z, dim=0)
for k in range(10):
    print(f"z{k} = {Z[k]:6.3f}    y{k} = {Y[k]:.3f}  " + "*" * round(100 * Y[k].item()))
print("sum of all y:", round(Y.sum().item(), 5))
