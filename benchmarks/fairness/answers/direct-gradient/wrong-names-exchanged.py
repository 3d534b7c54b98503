# wrong: the two times stand under each other's names
# says: swap
# part: timing
import time

import torch


def short(params, X, Y):
    error = torch.sigmoid(X @ params[:2] + params[2]) - Y
    return torch.hstack([X.T @ error, error.sum()]) / len(X)


def long(params, X, Y):
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


def time_both(params, X, Y):
    first, second = seconds(short, params, X, Y), seconds(long, params, X, Y)
    return {"factors": first, "direct": second}
