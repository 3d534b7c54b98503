"""Do more steps help? The last two costs and the last gradient, and what ten thousand steps would do."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)  # the bias is the weight of an input that is always 1


def gradient(params):
    error = torch.sigmoid(inputs @ params) - Y
    return inputs.T @ error / 100


def cost(params):
    y = torch.sigmoid(inputs @ params)
    return -torch.where(Y == 1, y, 1 - y).log().mean().item()


def nearest_white(params):
    return -(inputs @ params / params[:2].norm())[Y == 0].max().item()


params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
for _ in range(1000):
    before = params
    params = params - 0.1 * gradient(before)

fall = 100 * (1 - cost(params) / cost(before))
last = gradient(before)
print(f"the last step lowered the cost by {fall:.2f} percent")
print("its gradient was", last, "of length", round(last.norm().item(), 4))

costs, distances = [cost(params)], [nearest_white(params)]
for _ in range(9000):
    params = params - 0.1 * gradient(params)
costs.append(cost(params))
distances.append(nearest_white(params))
print("the cost after 1000 and 10000 steps:", [round(one, 6) for one in costs])
print("the nearest white point, after as many:", [round(one, 2) for one in distances])
