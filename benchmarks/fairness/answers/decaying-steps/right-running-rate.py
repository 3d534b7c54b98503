# right
# part: descent
import torch


def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def gd_decay(start, alpha0, gamma, steps):
    out = torch.zeros(steps + 1, 2, dtype=torch.float64)
    w = start.clone().requires_grad_()
    out[0] = w.detach()
    rate = alpha0
    for i in range(1, steps + 1):
        w.grad = None
        eggholder(w).backward()
        w.data -= rate * w.grad
        out[i] = w.detach()
        rate *= gamma
    return out
