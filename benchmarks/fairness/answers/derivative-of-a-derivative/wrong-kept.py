# wrong: the first derivative is not cleared, so that both add up
# says: add|first derivative|None|reset
# part: code
import torch


def second_derivative(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward(create_graph=True)
    x.grad.backward()
    return x.grad.item()
