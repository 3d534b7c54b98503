"""Everything alike once more, with dropout behind the hidden layers."""

import torch
from sklearn.datasets import make_moons
from torch import nn

points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
X, Y = torch.tensor(points).float(), torch.tensor(labels).float()[:, None]
torch.manual_seed(0)
layers = [nn.Linear(2, 10), nn.ReLU(), nn.Dropout(0.2), nn.Linear(10, 10), nn.ReLU(), nn.Dropout(0.2)]
model = nn.Sequential(*layers, nn.Linear(10, 1), nn.Sigmoid())
for parameter in model.parameters():
    nn.init.constant_(parameter, 0.1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for _ in range(3000):
    optimizer.zero_grad()
    nn.functional.binary_cross_entropy(model(X), Y).backward()
    optimizer.step()
rows = layers[0].weight.detach()
spread = (rows.max(dim=0).values - rows.min(dim=0).values).max().item()
accuracy = ((model.eval()(X) > 0.5) == Y).float().mean().item()
print(f"the ten neurons are {spread:.2f} apart; accuracy {accuracy:.3f}")
