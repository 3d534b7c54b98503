"""Moving a tensor to where it is already, and a model."""

import torch
from torch import nn

device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
A = torch.arange(6.0)
B = A.to(device)
print("moved to", B.device, "- is it a copy?", B is not A)
print("to where it was, A.to('cpu') is A:", A.to("cpu") is A)
print("a copy all the same:", A.to("cpu", copy=True) is not A)

total = torch.zeros(1, device=device) + torch.ones(1, device=device)
print("computed from two tensors there:", total, "on", total.device)

model = nn.Linear(3, 2)
print("a module is moved in place, model.to(device) is model:", model.to(device) is model)
