# wrong: a case in which Adam is behind one of the two only
# says: 1.5|both|other two|plain|momentum
# part: settings
import numpy as np
import torch

def blobs():
    """The hundred points of the lesson as scikit-learn's make_blobs draws them, without waiting for its import."""
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]) * torch.tensor([2.5, 1.0], dtype=torch.float64), torch.tensor(order >= 50).double()

X = blobs()[0]
Y = blobs()[1]

def cost(w):
    return torch.nn.functional.binary_cross_entropy_with_logits(X @ w + 5, Y)


def final_costs(start, alpha, beta, steps):
    return {
        "plain": run(start, steps, lambda w: torch.optim.SGD(w, lr=alpha)),
        "momentum": run(start, steps, lambda w: torch.optim.SGD(w, lr=alpha, momentum=beta)),
        "adam": run(start, steps, lambda w: torch.optim.Adam(w, lr=alpha, betas=(beta, 0.99))),
    }


def run(start, steps, make):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    for _ in range(steps):
        optimizer.zero_grad()
        cost(w).backward()
        optimizer.step()
    return cost(w).item()


def adam_loses():
    return [0.0, 0.0], 0.001, 0.9, 100
