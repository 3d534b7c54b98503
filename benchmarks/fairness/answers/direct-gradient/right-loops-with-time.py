# right
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
    f(*args)
    for _ in range(20):
        start = time.time()
        f(*args)
        best = min(best, time.time() - start)
    return best


def time_both(params, X, Y):
    times = {}
    for name, f in (("direct", short), ("factors", long)):
        times[name] = max(seconds(f, params, X, Y), 1e-7)
    return times
