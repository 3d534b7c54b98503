"""A variance of 1, by two formulas, in float32."""

import torch

torch.manual_seed(0)
x = 10_000 + torch.randn(1000)
mean = x.mean()
deviations = ((x - mean) ** 2).mean()
squares = (x**2).mean() - mean**2
print(f"mean of (x - mean)²   {deviations:8.4f}")
print(f"mean of x² - mean²    {squares:8.4f}")
