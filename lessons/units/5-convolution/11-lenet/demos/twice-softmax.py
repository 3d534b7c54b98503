"""Two hundred steps on one mini-batch, from scores and from probabilities that are taken for scores."""

import torch
from torch import nn

torch.manual_seed(0)
X, Y = torch.randn(32, 20), torch.randint(0, 10, (32,))


def cost_after(*extra):
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(20, 50), nn.ReLU(), nn.Linear(50, 10), *extra)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    for _ in range(200):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(net(X), Y)
        cost.backward()
        optimizer.step()
    return cost.item()


scores, probabilities = cost_after(), cost_after(nn.Softmax(dim=1))
print(f"cost from scores {scores:.3f}, with a softmax too many {probabilities:.3f}")
