"""What each of twenty tokens contributes to the derivative, for two weights."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(0)
X = 0.05 * torch.randn(20)
figure, panels = plt.subplots(1, 2)
shares = {}
for w, panel in zip((0.5, 1.0), panels, strict=True):
    h = torch.zeros(21)
    for t in range(20):
        h[t + 1] = torch.tanh(X[t] + w * h[t])
    slopes = 1 - torch.square(h[1:])
    later = torch.cat([(w * slopes).flip(0).cumprod(0).flip(0)[1:], torch.ones(1)])
    summands = later * slopes * h[:-1]
    panel.bar(range(1, 21), summands.abs())
    panel.set_title(f"w = {w}")
    shares[w] = (summands[-5:].abs().sum() / summands.abs().sum()).item()
plt.show()
print(f"share of the last five: {shares[0.5]:.0%} for w = 0.5, {shares[1.0]:.0%} for w = 1")
