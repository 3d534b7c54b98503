"""Two moons, a deep network in which every parameter begins at 0.1, and what becomes of it."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_moons
from torch import nn

points, labels = make_moons(n_samples=200, noise=0.1, random_state=0)
X, Y = torch.tensor(points).float(), torch.tensor(labels).float()[:, None]
layers = [nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid()]
model = nn.Sequential(*layers)
for parameter in model.parameters():
    nn.init.constant_(parameter, 0.1)

optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for _ in range(2000):
    optimizer.zero_grad()
    cost = nn.functional.binary_cross_entropy(model(X), Y)
    cost.backward()
    optimizer.step()
accuracy = ((model(X) > 0.5) == Y).float().mean().item()
print(f"cost {cost.item():.4f}, accuracy {accuracy:.3f}")
rows = layers[0].weight.detach()
print("ten neurons with the weights", rows[0].tolist(), "- all the same:", torch.allclose(rows, rows[0]))

u, v = torch.meshgrid(torch.linspace(-1.5, 2.5, 40), torch.linspace(-1, 1.5, 40), indexing="xy")
heights = model(torch.stack([u, v], dim=2)).detach()[:, :, 0]
plt.contour(u, v, heights, levels=[0.25, 0.5, 0.75])
plt.scatter(*X.T, c=labels)
plt.show()
