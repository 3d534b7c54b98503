# wrong: float32 whatever the dtype
# says: float32|dtype
# part: choose
import torch


def positives_or_inf(X):
    Y = torch.full(X.shape, float("inf"))
    return torch.where(X > 0, X.float(), Y)
