"""A network, and the same network for shuffled inputs."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))
twin = nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))
twin.load_state_dict(model.state_dict())
order = torch.randperm(784)
with torch.no_grad():
    twin[0].weight.copy_(model[0].weight.index_select(1, order))

pictures = torch.rand(20, 784)
difference = (model(pictures) - twin(pictures.index_select(1, order))).abs().max().item()
print(f"the outputs differ by {difference:.0e} at most, from rounding")
