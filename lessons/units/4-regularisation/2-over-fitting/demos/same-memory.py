"""What is in a state_dict that was taken before a step, after the step."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(1, 1)
kept = model.state_dict()
print("kept:      ", {name: round(tensor.item(), 4) for name, tensor in kept.items()})

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.ones(1)).backward()
optimizer.step()
print("after step:", {name: round(tensor.item(), 4) for name, tensor in kept.items()})

shared = [tensor.data_ptr() == model.state_dict()[name].data_ptr() for name, tensor in kept.items()]
print("the same memory:", shared)
