"""Descent on the eggholder with a gradient that is noisy, as that of a mini-batch is: twenty runs for each rate."""

import torch


def eggholder(w0, w1):
    v = w1 + 47
    return -v * torch.sin((v + w0 / 2).abs().sqrt()) - w0 * torch.sin((w0 - v).abs().sqrt())


def multiplied(gradient):
    return gradient * torch.normal(1.0, 15.0, size=gradient.size())


def added(gradient):
    return gradient + torch.normal(0.0, 15.0, size=gradient.size())


found = {}
for noise in (multiplied, added):
    for rate in (0.1, 1, 5):
        ends = []
        for seed in range(20):
            torch.manual_seed(seed)
            w = torch.tensor([300.0, 135.0], dtype=torch.float64, requires_grad=True)
            for _ in range(100):
                w.grad = None
                eggholder(*w).backward()
                with torch.no_grad():
                    w -= rate * noise(w.grad)
            w.grad = None
            eggholder(*w).backward()
            ends.append([w.grad.norm().item(), w.detach().norm().item()])
        found[noise, rate] = torch.tensor(ends).median(0).values.tolist()
        slope, distance = found[noise, rate]
        print(f"{noise.__name__:10} rate {rate:3}: gradient {slope:5.1f}, distance from the origin {distance:6.0f}")
