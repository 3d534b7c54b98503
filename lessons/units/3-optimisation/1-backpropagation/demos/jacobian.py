"""The derivatives of LogSoftmax: found by autograd, and by the formula."""

import torch

torch.manual_seed(0)
U = torch.randn(10, dtype=torch.float64)
Y = torch.softmax(U, dim=0)
found = torch.autograd.functional.jacobian(lambda u: torch.log_softmax(u, dim=0), U)
formula = torch.eye(10, dtype=torch.float64) - torch.ones(10, 1, dtype=torch.float64) * Y

print("the first rows and columns:")
for row in formula[:4, :4].tolist():
    print("  " + " ".join(f"{entry:7.4f}" for entry in row))
largest = (found - formula).abs().max().item()
rows = formula.sum(dim=1).abs().max().item()
print(f"largest difference from autograd: {largest:.1e}")
print(f"largest sum of a row: {rows:.1e}")

target = torch.zeros(10, dtype=torch.float64)
target[3] = 1
print("through it goes the error:", torch.allclose(-target @ formula, Y - target))
