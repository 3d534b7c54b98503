"""The logarithm of a softmax: in two steps, and in one."""

import torch
from torch.nn.functional import nll_loss

from tutor import live

scores = [200.0, 0.0, 0.0]
logged = {}
for name, log_softmax in (
    ("in two steps", lambda z: torch.log(torch.softmax(z, dim=1))),
    ("in one", lambda z: torch.log_softmax(z, dim=1)),
):
    z = torch.tensor([scores], requires_grad=True)
    logs = log_softmax(z)
    cost = nll_loss(logs, torch.tensor([1]))
    cost.backward()
    print(f"{name}: {logs.tolist()[0]}")
    print(f"    cost if class 1 is the true one: {cost.item()}, its gradient: {z.grad.tolist()[0]}")
    logged[name] = [str(value) for value in logs.tolist()[0]]
    logged[f"cost {name}"] = str(cost.item())
    logged[f"gradient {name}"] = [str(value) for value in z.grad.tolist()[0]]

live.log(logged)
