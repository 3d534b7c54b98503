# wrong: gives a percentage
# says: percent|100|share
# part: pair
import torch

def two_points(F, Y, i, j, eta, steps):
    few = torch.stack([F[i], F[j]])
    wanted = torch.tensor([0.0, 1.0], dtype=F.dtype)
    w, b = torch.zeros_like(few[0]), torch.zeros((), dtype=F.dtype)
    for _ in range(steps):
        off = (torch.sigmoid(few @ w + b) - wanted) / 2
        w, b = w - eta * off @ few, b - eta * off.sum()
    right = ((F @ w + b) > 0).long() == Y
    total = right.sum() - right[i].long() - right[j].long()
    return w, b, 100 * total / (len(F) - 2)
