# wrong: trains for ten steps only with a tiny rate
# says: right|trained
# part: clouds
import torch


def fit(X, Y):
    return torch.zeros(X.shape[1], dtype=torch.float64), torch.tensor(-1.0, dtype=torch.float64)


def predict(model, X):
    w, b = model
    return torch.sigmoid(X @ w + b)
