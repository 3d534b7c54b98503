# right
# part: times
import timeit

import torch


def compare_times(X, Y):
    linear = torch.nn.Linear(2, 1).double()

    def vector():
        linear.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(linear(X)[:, 0], Y.double()).backward()

    def loop():
        g = torch.zeros(3, dtype=torch.float64)
        for x, t in zip(X, Y):
            e = torch.sigmoid(x[0] - x[1] + 5.5) - t
            g += torch.stack([e * x[0], e * x[1], e])
        return g / len(X)

    return {"loop": min(timeit.repeat(loop, number=1, repeat=3)), "torch": min(timeit.repeat(vector, number=1, repeat=3))}
