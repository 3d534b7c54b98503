# right
# part: reconstruct
import torch

def reconstruct(X, k):
    mean = X.mean(dim=0, keepdim=True)
    U, S, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return U[:, :k] * S[:k] @ Vh[:k] + mean


def least_error(X, k):
    centred = X - X.mean(0)
    variances = torch.linalg.eigvalsh(centred.T @ centred / len(X))
    return variances[: X.shape[1] - k].sum() / X.shape[1]
