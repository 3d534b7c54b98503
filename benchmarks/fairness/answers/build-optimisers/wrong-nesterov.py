# wrong: looks ahead, as Nesterov does
# says: differ|velocity
# part: momentum

import torch
from torch import nn


class Momentum:
    def __init__(self, params, lr, beta):
        self.params, self.lr, self.beta = params, lr, beta
        self.v = [torch.zeros_like(p) for p in params]

    def step(self):
        with torch.no_grad():
            for p, v in zip(self.params, self.v):
                if p.grad is not None:
                    v.mul_(self.beta).add_(p.grad)
                    p.sub_(self.lr * (p.grad + self.beta * v))
