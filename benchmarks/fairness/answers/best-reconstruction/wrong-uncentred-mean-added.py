# wrong: takes the mean over everything
# says: mean|coordinate|column
# part: reconstruct
import torch

def reconstruct(X, k):
    mean = X.mean()
    centred = X - mean
    directions = torch.linalg.eigh(centred.T @ centred / len(X))[1][:, -k:]
    return centred @ directions @ directions.T + mean


def least_error(X, k):
    centred = X - X.mean(0)
    variances = torch.linalg.eigvalsh(centred.T @ centred / len(X))
    return variances[: X.shape[1] - k].sum() / X.shape[1]
