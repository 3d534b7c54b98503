"""Normalised in two orders, in float32, and how far off each is from float64."""

import torch

torch.manual_seed(0)
x = 10_000 + torch.randn(1000)
mean, sigma = x.double().mean(), x.double().std(correction=0)
exact = (x.double() - mean) / sigma

first = (x - mean.float()) / sigma.float()
scale = 1 / sigma.float()
second = x * scale + (0 - mean.float() * scale)
errors = {"(x - mean) · s": (first - exact).abs().mean(), "x · s + t": (second - exact).abs().mean()}
for name, error in errors.items():
    print(f"{name:15} off by {error:.1e}")
