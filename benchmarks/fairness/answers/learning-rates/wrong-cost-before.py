# wrong: costs before each step
# says: before|early
# part: train
import torch


def train(X, Y, alpha, init, n_iter):
    params, costs = torch.tensor(init, dtype=torch.float64), []
    for _ in range(n_iter):
        z = X @ params[:2] + params[2]
        costs.append((torch.nn.functional.softplus(z) - Y * z).mean())
        e = torch.sigmoid(z) - Y
        params = params - alpha * torch.cat([X.T @ e, e.sum()[None]]) / len(X)
    return params, torch.stack(costs)
