"""Parameters are changed by hand: not without, and then within torch.no_grad()."""

import torch

from tutor import live

linear = torch.nn.Linear(2, 1)

try:
    linear.weight[0, 0] = 1.0
    raised = "nothing"
except RuntimeError as error:
    raised = type(error).__name__
    print(f"{raised}: {error}")

with torch.no_grad():
    linear.weight[0, 0] = 1.0
    linear.weight[0, 1] = -1.0
    linear.bias[0] = 5.5

print(linear.weight)
print(linear.bias)

live.log(
    {
        "raised": raised,
        "weight": linear.weight.tolist(),
        "bias": linear.bias.tolist(),
        "still tracked": linear.weight.requires_grad and linear.bias.requires_grad,
    }
)
