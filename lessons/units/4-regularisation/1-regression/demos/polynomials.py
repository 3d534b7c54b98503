"""Polynomials of different degrees through the ten points, by least squares."""

import matplotlib.pyplot as plt
import torch


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


X = torch.linspace(-5, 5, 1000).reshape(1000, 1)
Xtrain = torch.linspace(-5, 5, 10).reshape(10, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())


def powers(x, degree):
    """1, x, x^2, ... in the columns, in float64."""
    return torch.vander(x.flatten().double(), degree + 1, increasing=True)


errors, coefficients = {}, {}
plt.plot(X, f(X), color="black", label="the rule")
for degree in (1, 3, 6, 9):
    a = torch.linalg.lstsq(powers(Xtrain, degree), Ytrain.double()).solution
    curve = powers(X, degree) @ a
    to_points = (powers(Xtrain, degree) @ a - Ytrain).square().mean().item()
    to_rule = (curve - f(X)).square().mean().item()
    errors[degree], coefficients[degree] = (to_points, to_rule), a.flatten().tolist()
    print(f"degree {degree}: mean squared error {to_points:.4f} at the points, {to_rule:.4f} to the rule")
    if degree > 3:
        plt.plot(X, curve, label=f"degree {degree}")
plt.plot(Xtrain, Ytrain, "o", color="tab:red", label="measured")
plt.ylim(-8, 8)
plt.legend()
plt.show()
