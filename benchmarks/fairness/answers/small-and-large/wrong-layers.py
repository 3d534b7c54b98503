# wrong: counts the layers
# says: parameters
# part: measure
import time
import torch
from torch import nn

def step_seconds(widths, batch_size):
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    x, y = torch.randn(batch_size, widths[0]), torch.randint(widths[-1], (batch_size,))

    def step():
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    step()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return {
        "parameters": sum(1 for one in model.parameters()),
        "multiplications": sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True)),
        "seconds": min(times),
    }
