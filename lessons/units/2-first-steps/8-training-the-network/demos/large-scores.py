"""The logarithm of a softmax: in two steps, and in one."""

import torch
from torch.nn.functional import nll_loss

from tutor import live

scores = [200.0, 0.0, 0.0]
found = []
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
    found.append([[str(one) for one in logs.tolist()[0]], str(cost.item()), [str(one) for one in z.grad.tolist()[0]]])

(two_steps, infinite, no_gradient), (one_step, finite, gradient) = found
live.log({"in two steps": two_steps, "cost in two steps": infinite, "gradient in two steps": no_gradient})
live.log({"in one": one_step, "cost in one": finite, "gradient in one": gradient})
