# wrong: each training goes on from where the last one ended
# says: start|continue|from
# part: sweep
import torch


def sweep(alphas, X, Y, n_iter):
    p = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
    rows = []
    for alpha in alphas:
        for _ in range(n_iter):
            e = torch.sigmoid(X @ p[:2] + p[2]) - Y
            p = p - alpha * torch.cat([X.T @ e, e.sum()[None]]) / len(X)
        z = X @ p[:2] + p[2]
        d = z / p[:2].norm()
        rows.append({"params": p, "cost": (torch.nn.functional.softplus(z) - Y * z).mean().item(),
                     "accuracy": ((z > 0) == (Y == 1)).double().mean().item(),
                     "white": (-d[Y == 0]).min().item(), "black": d[Y == 1].min().item()})
    return rows
