# wrong: clipped at exactly 0 and 1
# says: log|exactly|infinite
# part: repaired
import torch


def model(params, X):
    return (X @ params[:2] + params[2]).clamp(0, 1)
