"""Eigenvalues of many little matrices, with uniform and with normal entries."""

import torch

torch.manual_seed(0)
A = torch.rand(100, 2, 2)
uniform = torch.linalg.eigvals(A).imag.abs().max().item()
print("uniform entries, largest imaginary part:", uniform)
print("the norm of this cube:", torch.linalg.vector_norm(A))

normal = torch.linalg.eigvals(torch.randn(100_000, 2, 2))
share = (normal.imag != 0).any(1).float().mean().item()
print("normal entries, share of matrices with complex eigenvalues:", round(share, 3))
print("1 - 1 / sqrt(2) =", round(1 - 0.5**0.5, 3))
