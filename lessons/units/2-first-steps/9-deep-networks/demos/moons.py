"""Two moons, and the boundary of a network with a hidden layer."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_moons
from torch import nn

X, Y = make_moons(n_samples=300, noise=0.1, random_state=0)
X, Y = torch.tensor(X).float(), torch.tensor(Y).float()


def accuracy(model):
    return ((model(X).squeeze(1) > 0) == (Y == 1)).float().mean().item()


torch.manual_seed(0)
models = {
    "one neuron": nn.Linear(2, 1),
    "with a hidden layer": nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 1)),
}
figure, panels = plt.subplots(2, 1)
across, up = torch.meshgrid(torch.linspace(-1.5, 2.5, 60), torch.linspace(-1, 1.5, 40), indexing="xy")
for axes, (name, model) in zip(panels, models.items()):
    for step in range(1500):
        model.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(model(X).squeeze(1), Y).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.5 * parameter.grad
    with torch.no_grad():
        z = model(torch.stack([across, up], dim=2)).squeeze(2)
    axes.scatter(*X[Y == 0].T, color="white", label="white")
    axes.scatter(*X[Y == 1].T, color="black", label="black")
    axes.contour(across, up, z, levels=[0.0])
    axes.set_title(name)
    axes.legend()
    print(f"{name}: {accuracy(model):.3f}")
plt.show()
