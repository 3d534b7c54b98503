# wrong: the class is returned, not its name
# says: name|class|type
# part: twice
import torch


def second_backward(x0, retain):
    x = torch.tensor(x0, requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    try:
        z.backward()
    except RuntimeError as error:
        return type(error)
    return x.grad.item()
