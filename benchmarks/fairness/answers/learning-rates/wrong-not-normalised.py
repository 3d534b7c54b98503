# wrong: z instead of the distance: not divided by the length of w
# says: length|norm|divid
# part: sweep
import torch


def sweep(alphas, X, Y, n_iter):
    rows = []
    for alpha in alphas:
        p = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
        for _ in range(n_iter):
            e = torch.sigmoid(X @ p[:2] + p[2]) - Y
            p = p - alpha * torch.cat([X.T @ e, e.sum()[None]]) / len(X)
        z = X @ p[:2] + p[2]
        rows.append({"params": p, "cost": (torch.nn.functional.softplus(z) - Y * z).mean().item(),
                     "accuracy": ((z > 0) == (Y == 1)).double().mean().item(),
                     "white": (-z[Y == 0]).min().item(), "black": z[Y == 1].min().item()})
    return rows
