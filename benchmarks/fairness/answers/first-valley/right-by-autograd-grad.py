# right
# part: descend
import torch


def eggholder(w):
    w0, v = w[..., 0], w[..., 1] + 47
    return -v * torch.sin(torch.sqrt(torch.abs(v + w0 / 2))) - w0 * torch.sin(torch.sqrt(torch.abs(w0 - v)))


def descend(start, alpha, steps):
    points = [torch.tensor([float(start[0]), float(start[1])], dtype=torch.double)]
    while len(points) <= steps:
        here = points[-1].detach().requires_grad_(True)
        slope = torch.autograd.grad(eggholder(here), here)[0]
        points.append((here - alpha * slope).detach())
    return torch.stack(points)
