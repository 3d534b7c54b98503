"""Four weights with different influence on the cost, and where descent leads with each of the penalties."""

import torch

H = torch.tensor([0.1, 1.0, 5.0, 10.0], dtype=torch.float64)  # how much each weight matters
best = torch.tensor([1.0, -2.0, 0.5, 0.05], dtype=torch.float64)
lam = 0.3


def descend(pull):
    w = best.clone()
    for rate in (0.01, 0.0001):
        for _ in range(5000):
            w = w - rate * (H * (w - best) + lam * pull(w))
    return w


with_squares, with_absolute_values = descend(lambda w: w), descend(torch.sign)
print("influence:      ", H.tolist())
print("no penalty:     ", best.tolist())
print("squares:        ", [round(w, 4) for w in with_squares.tolist()])
print("absolute values:", [round(w, 4) + 0.0 for w in with_absolute_values.tolist()])
