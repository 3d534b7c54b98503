"""A hundred steps on the eggholder from (300, 135), with six rates."""

import matplotlib.pyplot as plt
import torch


def eggholder(w0, w1):
    v = w1 + 47
    return -v * torch.sin((v + w0 / 2).abs().sqrt()) - w0 * torch.sin((w0 - v).abs().sqrt())


def walk(rate):
    """The points on the way, as pairs of numbers."""
    w = torch.tensor([300.0, 135.0], dtype=torch.float64, requires_grad=True)
    points = [w.tolist()]
    for _ in range(100):
        w.grad = None
        eggholder(*w).backward()
        with torch.no_grad():
            w -= rate * w.grad
        points.append(w.tolist())
    return points


w0, w1 = torch.meshgrid(torch.linspace(270, 370, 60), torch.linspace(110, 250, 60), indexing="xy")
for rate in (0.1, 1):
    plt.contour(w0, w1, eggholder(w0, w1), levels=[-500, -400, -200, 0, 200])
    for step, (x, y) in enumerate(walk(rate)[:11]):
        plt.text(x, y, str(step))
    plt.title(f"the first ten steps with the rate {rate}")
    plt.show()

ends = {rate: torch.tensor(walk(rate)[-2:], dtype=torch.float64) for rate in (0.1, 0.5, 1, 2, 5, 10)}
for rate, (before, end) in ends.items():
    print(f"rate {rate:3}: ends at ({end[0]:6.1f}, {end[1]:6.1f}),", end=" ")
    print(f"value {eggholder(*end):7.1f}, last step {(end - before).norm():6.2f}")
