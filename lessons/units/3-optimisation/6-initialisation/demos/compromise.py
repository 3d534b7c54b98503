"""Xavier's compromise: by how much a layer changes the variance of signals and of derivatives."""

import torch

torch.manual_seed(0)
factors = {}
for n_in, n_out in ((784, 20), (256, 256), (100, 1000)):
    W = torch.randn(n_out, n_in) * (2 / (n_in + n_out)) ** 0.5
    forward = (torch.randn(4000, n_in) @ W.T).var().item()
    backward = (torch.randn(4000, n_out) @ W).var().item()
    factors[n_in, n_out] = forward, backward
    print(f"{n_in} -> {n_out}: variance times {forward:.2f} forwards, times {backward:.2f} backwards")
