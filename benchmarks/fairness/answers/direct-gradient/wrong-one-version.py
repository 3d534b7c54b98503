# wrong: the simplified version is timed under both names
# says: twice|factors was not run
# part: timing
import time

import torch


def short(params, X, Y):
    error = torch.sigmoid(X @ params[:2] + params[2]) - Y
    return torch.hstack([X.T @ error, error.sum()]) / len(X)


def seconds(f, *args):
    best = 1e9
    for _ in range(20):
        start = time.perf_counter()
        f(*args)
        best = min(best, time.perf_counter() - start)
    return best


def time_both(params, X, Y):
    return {"factors": seconds(short, params, X, Y), "direct": seconds(short, params, X, Y)}
