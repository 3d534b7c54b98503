# wrong: each cost is that after the update
# says: after each update
# part: train
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def train_torch(X, Y, alpha, n_iter, init):
    linear = torch.nn.Linear(2, 1).double()
    linear.weight.data[:] = torch.tensor(init[:2])
    linear.bias.data[:] = init[2]
    labels, costs = Y.double(), []
    optimizer = torch.optim.SGD(linear.parameters(), lr=alpha)
    for _ in range(n_iter):
        optimizer.zero_grad()
        bce(linear(X).squeeze(1), labels).backward()
        optimizer.step()
        costs.append(bce(linear(X).squeeze(1), labels).item())
    return linear.weight.detach(), linear.bias.detach(), torch.tensor(costs)
