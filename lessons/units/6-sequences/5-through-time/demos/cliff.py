"""A weight beside a cliff: after 200 tokens the state should be 0.2."""

import torch
from tutor import live


def train(name, max_norm):
    w, sizes = torch.tensor(1.1, requires_grad=True), []
    for step in range(60):
        h = torch.tensor(1e-6)
        for _ in range(200):
            h = torch.tanh(w * h)
        cost = (h - 0.2) ** 2
        w.grad = None
        cost.backward()
        sizes.append(torch.nn.utils.clip_grad_norm_([w], max_norm).item())
        with torch.no_grad():
            w -= 0.1 * w.grad
        live.log({f"{name}/w": w.item()}, step=step)
    print(f"{name}: largest gradient {max(sizes):.1f}, last weight {w.item():.3f}, last cost {cost.item():.4f}")
    return max(sizes), cost.item()


results = train("free", float("inf")), train("clipped", 0.01)
