# wrong: gives the weights first
# says: order|swap|shape
# part: attention
import torch

def look_back(X, Wq, Wk, Wv):
    T = len(X)
    scores = (X @ Wq.T) @ (X @ Wk.T).T / len(Wq) ** 0.5
    hidden = torch.arange(T) > torch.arange(T)[:, None]
    weights = scores.masked_fill(hidden, float("-inf")).softmax(1)
    return weights, weights @ (X @ Wv.T)
