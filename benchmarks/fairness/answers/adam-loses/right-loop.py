# right
# part: compare
import numpy as np
import torch


def blobs():
    draw = np.random.RandomState(1)
    centers = draw.uniform(-10, 10, size=(2, 2))
    points = np.concatenate([draw.normal(center, 1.0, size=(50, 2)) for center in centers])
    order = np.arange(100)
    draw.shuffle(order)
    return torch.tensor(points[order]) * torch.tensor([2.5, 1.0], dtype=torch.float64), torch.tensor(order >= 50).double()


X, Y = blobs()


def cost(w):
    return torch.nn.functional.binary_cross_entropy_with_logits(X @ w + 5, Y)


def final_costs(start, alpha, beta, steps):
    costs = {}
    for name in ("adam", "plain", "momentum"):
        w = torch.nn.Parameter(torch.DoubleTensor(start))
        if name == "adam":
            opt = torch.optim.Adam([w], alpha, betas=(beta, 0.99))
        else:
            opt = torch.optim.SGD([w], alpha, momentum=beta if name == "momentum" else 0)
        for _ in range(steps):
            opt.zero_grad()
            loss = cost(w)
            loss.backward()
            opt.step()
        costs[name] = float(cost(w))
    return costs
