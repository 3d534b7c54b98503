# wrong: the argument retain is ignored
# says: retain|ignored
# part: twice
import torch


def second_backward(x0, retain):
    x = torch.tensor(float(x0), requires_grad=True)
    z = x * x + x
    z.backward(retain_graph=True)
    try:
        z.backward()
    except RuntimeError as error:
        return type(error).__name__
    return float(x.grad)
