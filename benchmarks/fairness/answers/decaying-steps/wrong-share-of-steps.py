# wrong: lets the power be the share of the steps that were made
# says: rate|power|gamma
# part: descent
import torch

def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def gd_decay(start, alpha0, gamma, steps):
    history = [start.detach().clone()]
    for t in range(steps):
        w = history[-1].clone().requires_grad_()
        (gradient,) = torch.autograd.grad(eggholder(w), w)
        history.append(w.detach() - alpha0 * gamma ** (t / steps) * gradient)
    return torch.stack(history)


def settings():
    return [((400.0, 130.0), 2.0, 0.98, 400), ((400.0, 420.0), 1.0, 0.98, 400)]
