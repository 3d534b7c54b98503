"""Two moons: a single neuron, two layers without an activation, two layers with one."""

import torch
from sklearn.datasets import make_moons
from torch import nn

from tutor import live


def points(seed):
    X, Y = make_moons(n_samples=500, noise=0.1, random_state=seed)
    return torch.tensor(X).float(), torch.tensor(Y).float()


def train(name, model):
    for step in range(2000):
        model.zero_grad()
        cost = nn.functional.binary_cross_entropy_with_logits(model(X).squeeze(1), Y)
        cost.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.5 * parameter.grad
        if step % 20 == 0:
            live.log({name: cost.item()}, step=step)


def results(model):
    """Cost and accuracy, and the accuracy on new points."""
    cost = nn.functional.binary_cross_entropy_with_logits(model(X).squeeze(1), Y).item()
    right = [((model(x).squeeze(1) > 0) == (y == 1)).float().mean().item() for x, y in ((X, Y), points(seed=1))]
    return [cost, *right]


X, Y = points(seed=0)
torch.manual_seed(0)
models = {
    "one neuron": nn.Linear(2, 1),
    "two layers": nn.Sequential(nn.Linear(2, 16), nn.Linear(16, 1)),
    "two layers and ReLU": nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 1)),
}
for name, model in models.items():
    train(name, model)
    cost, right, right_on_new = results(model)
    print(f"{name}: cost {cost:.4f}, accuracy {right:.3f}, on new points {right_on_new:.3f}")
