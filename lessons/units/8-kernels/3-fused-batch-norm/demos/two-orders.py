"""Normalised in two orders, in float32, and how far off each is from float64."""

import torch

torch.manual_seed(0)
x = 10_000 + torch.randn(1000)
mean, sigma = x.mean(), x.std(correction=0)
exact = (x.double() - mean.double()) / sigma.double()

first = (x - mean) / sigma
scale = 1 / sigma
second = x * scale + (0 - mean * scale)
errors = {"(x - mean) / sigma": (first - exact).abs().mean().item(), "x · s + t": (second - exact).abs().mean().item()}
for name, error in errors.items():
    print(f"{name:18} off by {error:.1e}")
