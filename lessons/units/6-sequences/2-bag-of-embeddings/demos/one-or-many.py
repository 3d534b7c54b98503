"""Embedding and sum against EmbeddingBag: one sentence, and a thousand."""

from time import perf_counter

import torch
from torch import nn

torch.manual_seed(0)
V, E = 11222, 100
two_steps, one_step = nn.Embedding(V, E), nn.EmbeddingBag(V, E, mode="sum")
one_step.load_state_dict(two_steps.state_dict())


@torch.no_grad()
def shortest(compute):
    times = []
    for _ in range(30):
        start = perf_counter()
        compute()
        times.append(perf_counter() - start)
    return min(times)


ratios = {}
for n in (1, 64, 1024):
    batch = torch.randint(0, V, (n, 20))
    a, b = shortest(lambda: two_steps(batch).sum(dim=1)), shortest(lambda: one_step(batch))
    ratios[n] = a / b
    print(f"{n:4} sentences: {a * 1e6:7.1f} and {b * 1e6:7.1f} microseconds, {a / b:.1f} times as long in two steps")
