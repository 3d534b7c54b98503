"""The same sample alone in two mini-batches, in training mode and in prediction mode."""

import torch
from torch import nn

torch.manual_seed(0)
normal = nn.BatchNorm1d(3)
sample, others, more = torch.randn(1, 3), torch.randn(4, 3), 5 * torch.randn(4, 3)

normal.train()
first, second = (normal(torch.cat([sample, rest]))[0] for rest in (others, more))
print("training:  ", first.detach(), second.detach())
normal.eval()
third, fourth, alone = normal(torch.cat([sample, others]))[0], normal(torch.cat([sample, more]))[0], normal(sample)[0]
print("prediction:", third.detach(), fourth.detach())
print("even alone:", alone.detach())
