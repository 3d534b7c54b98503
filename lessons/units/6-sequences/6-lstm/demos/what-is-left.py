"""What is left of a cell state after fifty tokens, by the bias of the forget gate."""

import matplotlib.pyplot as plt
import torch
from torch import nn

left = {}
for bias in (0.0, 1.0, 3.0, 5.0):
    cell = nn.LSTMCell(1, 1)
    for parameter in cell.parameters():
        nn.init.zeros_(parameter)
    with torch.no_grad():
        cell.bias_ih[1] = bias
        h, c, path = torch.zeros(1, 1), torch.ones(1, 1), [1.0]
        for _ in range(50):
            h, c = cell(torch.zeros(1, 1), (h, c))
            path.append(c.item())
    plt.plot(path, label=f"bias {bias:.0f}")
    left[bias] = path[-1]
    print(f"bias {bias:.0f}: {left[bias]:.1e}")
plt.xlabel("tokens")
plt.legend()
plt.show()
