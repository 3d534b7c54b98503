"""How the last state depends on the first one, while all inputs are 0."""

import matplotlib.pyplot as plt
import torch

steps = torch.arange(1, 51, dtype=torch.float64)
for w in (0.5, 0.9, 1.0, 1.1, 1.5, 2.0):
    slopes = w**steps
    plt.semilogy(steps, slopes, label=f"w = {w}")
    print(f"w = {w}: {slopes[-1]:.1e} after 50 tokens")
plt.xlabel("tokens")
plt.legend()
plt.show()
