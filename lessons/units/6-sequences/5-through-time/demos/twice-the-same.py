"""The sum over tokens, and what autograd says."""

import torch

torch.manual_seed(0)
X = torch.randn(12, dtype=torch.float64)
differences = []
for value in (0.5, 1.0, 1.5, -2.0):
    w = torch.tensor(value, dtype=torch.float64, requires_grad=True)
    h = [torch.zeros((), dtype=torch.float64)]
    for x in X:
        h.append(torch.tanh(x + w * h[-1]))
    h[-1].backward()
    total, factor = 0.0, 1.0
    for t in range(12, 0, -1):
        total += factor * (1 - h[t].item() ** 2) * h[t - 1].item()
        factor *= value * (1 - h[t].item() ** 2)
    differences.append(abs(total - w.grad.item()))
    print(f"w = {value:4}: {total:.15f} by the formula, {w.grad:.15f} by autograd")
