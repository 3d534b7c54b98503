# wrong: only one gradient is returned: it was reset in between
# says: resets x.grad
# part: twice
import torch


def second_backward(x0, retain):
    x = torch.tensor(x0, requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    x.grad = None
    try:
        z.backward()
    except RuntimeError as error:
        return error.__class__.__name__
    return x.grad.item()
