"""What fifty layers of 256 neurons do to the variance of a signal."""

import torch


def variance_after(depth, n, std, activation):
    torch.manual_seed(0)
    y = torch.randn(2000, n)
    for layer in range(depth):
        y = (activation(y) if layer else y) @ (std * torch.randn(n, n))
    return y.double().var().item()


found = {}
for name, activation in (("none", lambda y: y), ("ReLU", torch.relu), ("tanh", torch.tanh)):
    for above in (1, 2):
        found[name, above] = variance_after(50, 256, (above / 256) ** 0.5, activation)
        print(f"activation {name}, weight variance {above}/n: {found[name, above]:.2g}")
