"""The penalty on the weights alone, and on the biases too, as the decay of an optimiser."""

import torch
from torch import nn


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


X = torch.linspace(-5, 5, 1000).reshape(1000, 1)
Xtrain = torch.linspace(-5, 5, 10).reshape(10, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())


def errors(lam, biases):
    torch.manual_seed(0)
    sizes = [(1, 100), (100, 100), (100, 100)]
    model = nn.Sequential(*(layer for size in sizes for layer in (nn.Linear(*size), nn.ReLU())), nn.Linear(100, 1))
    groups = {False: [], True: []}
    for name, parameter in model.named_parameters():
        groups[name.endswith("bias")].append(parameter)
    optimizer = torch.optim.SGD(groups[False], lr=0.01, weight_decay=lam)
    optimizer.add_param_group({"params": groups[True], "weight_decay": lam if biases else 0.0})
    for _ in range(2000):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(Xtrain), Ytrain).backward()
        optimizer.step()
    with torch.no_grad():
        return [nn.functional.mse_loss(model(x), y).item() for x, y in ((Xtrain, Ytrain), (X, f(X)))]


found = {(lam, biases): errors(lam, biases) for lam in (0.3, 1.0) for biases in (False, True)}
for (lam, biases), (to_points, to_rule) in found.items():
    print(f"lambda {lam}, {'biases too' if biases else 'weights only'}: {to_points:.3f} at the points, {to_rule:.3f} to the rule")
