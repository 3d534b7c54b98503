# wrong: corrects only one of the two
# says: differ|correct
# part: adam

import torch
from torch import nn


class Adam:
    def __init__(self, params, lr, beta1, beta2, eps):
        self.p, self.lr, self.b1, self.b2, self.eps = list(params), lr, beta1, beta2, eps
        self.v = [torch.zeros_like(p) for p in self.p]
        self.s = [torch.zeros_like(p) for p in self.p]
        self.t = 0

    @torch.no_grad()
    def step(self):
        self.t += 1
        for p, v, s in zip(self.p, self.v, self.s):
            if p.grad is not None:
                v.mul_(self.b1).add_((1 - self.b1) * p.grad)
                s.mul_(self.b2).add_((1 - self.b2) * p.grad**2)
                p.sub_(self.lr * v / ((s / (1 - self.b2**self.t)).sqrt() + self.eps))
