# right
# part: pair
import torch


def two_points(F, Y, i, j, eta, steps):
    w = torch.zeros(F.shape[1], dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        z = F[[i, j]] @ w + b
        cost = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor([0.0, 1.0], dtype=torch.float64))
        gw, gb = torch.autograd.grad(cost, (w, b))
        with torch.no_grad():
            w -= eta * gw
            b -= eta * gb
    others = [k for k in range(len(F)) if k not in (i, j)]
    guess = (torch.sigmoid(F[others] @ w + b) > 0.5).long()
    return w.detach(), b.item(), (guess == Y[others]).float().mean().item()
