"""The logarithm of a softmax: in two steps, and in one."""

import torch
from torch.nn.functional import nll_loss


def two_steps(z):
    return torch.log(torch.softmax(z, dim=1))


def one_step(z):
    return torch.log_softmax(z, dim=1)


def tried(log_softmax):
    """The logarithms for large scores, the cost if class 1 is the true one, and its gradient."""
    z = torch.tensor([[200.0, 0.0, 0.0]], requires_grad=True)
    logs = log_softmax(z)
    cost = nll_loss(logs, torch.tensor([1]))
    cost.backward()
    return logs[0].tolist(), cost.item(), z.grad[0].tolist()


for name, log_softmax in (("in two steps", two_steps), ("in one", one_step)):
    logs, cost, gradient = tried(log_softmax)
    print(f"{name}: {logs}")
    print(f"    cost if class 1 is the true one: {cost}, its gradient: {gradient}")
