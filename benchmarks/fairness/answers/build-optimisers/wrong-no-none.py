# wrong: does not expect a parameter without a gradient
# says: None|no \.grad|gradient
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
                v.mul_(self.beta)
                v.add_(p.grad)
                p.sub_(self.lr * v)
