"""The cross entropy of a mini-batch, written three ways."""

import torch
from torch import nn

torch.manual_seed(0)
z = torch.randn(4, 10)  # the scores of four pictures
labels = torch.tensor([9, 0, 0, 3])

by_hand = -torch.log_softmax(z, dim=1)[torch.arange(4), labels].mean()
nll = nn.NLLLoss()(nn.LogSoftmax(dim=1)(z), labels)
direct = nn.CrossEntropyLoss()(z, labels)
print("by hand:                ", by_hand.item())
print("LogSoftmax and NLLLoss: ", nll.item())
print("CrossEntropyLoss:       ", direct.item())

too_much = nn.NLLLoss()(nn.Softmax(dim=1)(z), labels)
print("NLLLoss of a Softmax:   ", too_much.item(), "- negative, so something is wrong")
