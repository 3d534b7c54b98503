"""The formulas of the card, and autograd."""

import torch

torch.manual_seed(0)
N, C = 50, 3
x = torch.randn(N, C, dtype=torch.float64, requires_grad=True)
gamma, beta = (torch.randn(C, dtype=torch.float64, requires_grad=True) for _ in range(2))
g = torch.randn(N, C, dtype=torch.float64)

y = torch.nn.functional.batch_norm(x, None, None, gamma, beta, training=True).relu()
theirs = torch.autograd.grad(y, (x, gamma, beta), g)
with torch.no_grad():
    sigma = (x.var(0, correction=0) + 1e-5).sqrt()
    hat = (x - x.mean(0)) / sigma
    g_bar = torch.where(gamma * hat + beta > 0, g, 0.0)
    d_beta, d_gamma = g_bar.sum(0), (g_bar * hat).sum(0)
    d_x = gamma / sigma * (g_bar - d_beta / N - hat * d_gamma / N)
worst = max((own - one).abs().max().item() for own, one in zip((d_x, d_gamma, d_beta), theirs, strict=True))
print("as autograd has it:", worst < 1e-12)
