"""Downhill on the eggholder: slowly, slowly with momentum, and ten times as fast."""

import matplotlib.pyplot as plt
import torch


def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


ends = {}
grid = torch.meshgrid(torch.linspace(230, 370, 60), torch.linspace(100, 260, 60), indexing="xy")
plt.contour(*grid, eggholder(grid), levels=8)
for name, alpha, beta in (("slow", 0.1, 0), ("momentum", 0.1, 0.9), ("fast", 1, 0)):
    w = torch.tensor([300.0, 135.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=alpha, momentum=beta)
    path = [w.detach().clone()]
    for _ in range(100):
        optimizer.zero_grad()
        eggholder(w).backward()
        optimizer.step()
        path.append(w.detach().clone())
    ends[name] = eggholder(w).item(), (path[-1] - path[-2]).norm().item()
    print(f"{name:9} f = {ends[name][0]:8.2f}, last step {ends[name][1]:6.3f}")
    plt.plot(*torch.stack(path).T, label=name)
plt.legend()
plt.show()
