# wrong: sees two tokens only
# says: all tokens|before|window|mask|earlier|visible
# part: attention
import torch

def look_back(X, Wq, Wk, Wv):
    T = len(X)
    scores = (X @ Wq.T) @ (X @ Wk.T).T / len(Wq) ** 0.5
    hidden = (torch.arange(T) > torch.arange(T)[:, None]) | (torch.arange(T) < torch.arange(T)[:, None] - 1)
    weights = scores.masked_fill(hidden, float("-inf")).softmax(1)
    return weights @ (X @ Wv.T), weights
