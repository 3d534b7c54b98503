"""What the units of ten layers give out, and the gradients of their weights, at the start."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def inside(he):
    torch.manual_seed(0)
    X, Y = torch.randn(256, 50), torch.randint(0, 5, (256,))
    layers, outputs = [nn.Linear(50, 50) for _ in range(10)], [X]
    for layer in layers:
        if he:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
        outputs.append(torch.relu(layer(outputs[-1])))
    nn.functional.cross_entropy(nn.Linear(50, 5)(outputs[-1]), Y).backward()
    sizes = [one.detach().std(dim=0) for one in outputs[1:]]
    return sizes, [layer.weight.grad.norm(dim=1) for layer in layers]


panels = plt.subplots(2, 2)[1]
dead = {}
for row, name in zip(panels, ("PyTorch's start", "He's rule"), strict=True):
    sizes, gradients = inside(name == "He's rule")
    row[0].boxplot([one.tolist() for one in sizes])
    row[0].set_title(f"{name}: outputs")
    row[1].boxplot([one[one > 0].log10().tolist() for one in gradients])
    row[1].set_title(f"{name}: log10 of the gradients")
    dead[name] = [int((one == 0).sum()) for one in sizes]
plt.show()
for name, counts in dead.items():
    print(f"{name}: dead units by layer {counts}")
