# right
# part: points
import torch


def point_gradients(params, X, Y, i_black, i_white):
    rows = []
    for i in (i_black, i_white):
        p = params.clone().requires_grad_()
        z = X[i, 0] * p[0] + X[i, 1] * p[1] + p[2]
        y = 1 / (1 + torch.exp(-z))
        cost = -(Y[i] * torch.log(y) + (1 - Y[i]) * torch.log(1 - y))
        cost.backward()
        rows.append(p.grad)
    return torch.stack(rows)
