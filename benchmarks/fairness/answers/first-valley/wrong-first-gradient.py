# wrong: takes the gradient of the start for every step
# says: same gradient|gradient (of|at) the start|first gradient
# part: descend
import torch

def eggholder(w):
    w0, v = w[..., 0], w[..., 1] + 47
    return -v * torch.sin(torch.sqrt(torch.abs(v + w0 / 2))) - w0 * torch.sin(torch.sqrt(torch.abs(w0 - v)))


def descend(start, alpha, steps):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    history = torch.empty(steps + 1, 2, dtype=torch.float64)
    history[0] = w.detach()
    eggholder(w).backward()
    for i in range(steps):
        with torch.no_grad():
            w -= alpha * w.grad
            history[i + 1] = w
    return history


def first_minimum():
    return (400.0, 130.0), 0.5, 200


def trials():
    return [
        (start, alpha, 300, classified(descend(start, alpha, 300)))
        for start in ((400.0, 130.0), (380.0, 110.0), (440.0, 130.0))
        for alpha in (0.01, 0.5, 2.0)
    ]


def classified(history):
    w = history[-1].clone().requires_grad_()
    eggholder(w).backward()
    if w.grad.norm() < 0.01:
        return "found" if (history[-1] - torch.tensor((418.5606, 171.0431))).norm() < 0.5 else "elsewhere"
    return "slow" if bool((eggholder(history[-11:]).diff() < 0).all()) else "bounces"
