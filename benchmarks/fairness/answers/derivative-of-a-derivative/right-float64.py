# right
# part: code
import torch


def second_derivative(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward(create_graph=True)
    t = x.grad
    x.grad = None
    if t.requires_grad:
        t.backward()
    return 0.0 if x.grad is None else x.grad.item()
