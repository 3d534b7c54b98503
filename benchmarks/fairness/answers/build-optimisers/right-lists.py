# right
# part: adam

import torch
from torch import nn


class Adam:
    def __init__(self, params, lr, beta1, beta2, eps):
        self.settings = lr, beta1, beta2, eps
        self.state = [{"p": p, "v": 0.0, "s": 0.0} for p in params]
        self.count = 0

    def step(self):
        lr, beta1, beta2, eps = self.settings
        self.count += 1
        with torch.no_grad():
            for one in self.state:
                g = one["p"].grad
                if g is None:
                    continue
                one["v"] = beta1 * one["v"] + (1 - beta1) * g
                one["s"] = beta2 * one["s"] + (1 - beta2) * g * g
                v = one["v"] / (1 - beta1**self.count)
                s = one["s"] / (1 - beta2**self.count)
                one["p"] -= lr * v / (torch.sqrt(s) + eps)
