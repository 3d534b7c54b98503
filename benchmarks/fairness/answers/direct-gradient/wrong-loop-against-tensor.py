# wrong: one version goes point by point and the other takes all points at once
# says: point by point|loop over the points
# part: timing
import time

import torch


def short(params, X, Y):
    error = torch.sigmoid(X @ params[:2] + params[2]) - Y
    return torch.hstack([X.T @ error, error.sum()]) / len(X)


def long_at_once(params, X, Y):
    y = torch.sigmoid(X @ params[:2] + params[2])
    outer = (y - Y) / (y - y * y)
    inner = y * (1 - y)
    return torch.stack([(outer * inner * X[:, 0]).mean(), (outer * inner * X[:, 1]).mean(), (outer * inner).mean()])


def seconds(f, *args):
    best = 1e9
    for _ in range(20):
        start = time.perf_counter()
        f(*args)
        best = min(best, time.perf_counter() - start)
    return best


def long(params, X, Y):
    return sum(long_at_once(params, X[i : i + 1], Y[i : i + 1]) for i in range(len(X))) / len(X)


def time_both(params, X, Y):
    return {"factors": seconds(long, params, X, Y), "direct": seconds(short, params, X, Y)}
