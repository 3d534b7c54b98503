"""A layer of one's own, and where normalisation layers stand in a network."""

import torch
from torch import nn


class Scale(nn.Module):
    """Multiplies each coordinate by a factor that is learned."""

    def __init__(self, in_features):
        super().__init__()
        self.factors = nn.Parameter(torch.full((in_features,), 1.0))

    def forward(self, input):
        return self.factors * input


model = nn.Sequential(nn.Linear(3, 5), Scale(5), nn.ReLU(), nn.Linear(5, 1))
print(model)
print("parameters:", [name for name, _ in model.named_parameters()])

torch.manual_seed(0)
x = torch.randn(8, 3, dtype=torch.float64)
y = nn.BatchNorm1d(3).double()(x)
print("BatchNorm1d: means", [f"{m:.0e}" for m in y.mean(dim=0)], "variances", y.var(dim=0, correction=0).tolist())
print("before the activation: Linear -> BatchNorm1d -> ReLU;  after it: Linear -> ReLU -> BatchNorm1d")
