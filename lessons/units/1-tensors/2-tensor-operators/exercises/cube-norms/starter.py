"""A hundred little matrices: eigenvalues and norms."""

import torch


def make_cube(generator: torch.Generator | None = None) -> torch.Tensor:
    """A tensor of size (100, 2, 2), float32, its entries uniform on [0, 1)."""
    raise NotImplementedError("write make_cube")


def eigs(A: torch.Tensor) -> torch.Tensor:
    """The eigenvalues of each matrix A[i]: complex, size (n, 2)."""
    raise NotImplementedError("write eigs")


def fro(A: torch.Tensor) -> torch.Tensor:
    """The Frobenius norm of each matrix A[i]: size (n,)."""
    raise NotImplementedError("write fro")


def euclid(A: torch.Tensor) -> torch.Tensor:
    """The Euclidean norm of all entries together: size ()."""
    raise NotImplementedError("write euclid")


def inf_norms(A: torch.Tensor) -> torch.Tensor:
    """The infinity norm of each matrix A[:, :, k]: one number for each k."""
    raise NotImplementedError("write inf_norms")
