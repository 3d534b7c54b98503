# wrong: gradients are reset only once
# says: reset|add up
# part: train
import torch


def train_torch(X, Y, alpha, n_iter, init):
    linear = torch.nn.Linear(2, 1).double()
    with torch.no_grad():
        linear.weight[:] = torch.tensor([init[:2]])
        linear.bias[:] = init[2]
    costs = []
    linear.zero_grad()
    for _ in range(n_iter):
        cost = torch.nn.functional.binary_cross_entropy_with_logits(linear(X)[:, 0], Y.double())
        cost.backward()
        costs.append(cost.item())
        with torch.no_grad():
            linear.weight -= alpha * linear.weight.grad
            linear.bias -= alpha * linear.bias.grad
    return linear.weight.detach(), linear.bias.detach(), torch.tensor(costs)
