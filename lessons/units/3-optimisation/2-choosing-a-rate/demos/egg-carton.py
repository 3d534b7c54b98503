"""The eggholder function as a map."""

import matplotlib.pyplot as plt
import torch


def eggholder(w0, w1):
    v = w1 + 47
    return -v * torch.sin((v + w0 / 2).abs().sqrt()) - w0 * torch.sin((w0 - v).abs().sqrt())


grid = torch.linspace(-512, 512, 80, dtype=torch.float64)
w0, w1 = torch.meshgrid(grid, grid, indexing="xy")
plt.contourf(w0, w1, eggholder(w0, w1), levels=[-1000, -600, -200, 200, 600, 1000])
plt.xlabel("w0")
plt.ylabel("w1")
plt.show()

values = [eggholder(*torch.tensor(w, dtype=torch.float64)).item() for w in ([0, 0], [512, 404.2319])]
print(f"at (0, 0): {values[0]:.4f}; the lowest in this square, at (512, 404.23): {values[1]:.4f}")
