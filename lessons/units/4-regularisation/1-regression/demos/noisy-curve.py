"""The rule, and ten points of it with noise."""

import matplotlib.pyplot as plt
import torch


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


X = torch.linspace(-5, 5, 1000).reshape(1000, 1)
Xtrain = torch.linspace(-5, 5, 10).reshape(10, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())

print("measured:", [round(y, 4) for y in Ytrain.flatten().tolist()])
noise = Ytrain - f(Xtrain)
print(f"mean {Ytrain.mean():.4f}, variance {Ytrain.var(correction=0):.4f}, mean squared noise {noise.square().mean():.4f}")

plt.plot(X, f(X), color="black", label="the rule")
plt.plot(Xtrain, Ytrain, "o", markerfacecolor="white", markeredgecolor="black", label="measured")
plt.legend()
plt.show()
