# right
# part: attention
import torch

def look_back(X, Wq, Wk, Wv):
    q, k, v = (torch.nn.functional.linear(X, W) for W in (Wq, Wk, Wv))
    scores = torch.mm(q, k.T).div(q.size(-1) ** 0.5)
    mask = torch.ones(len(X), len(X), dtype=torch.bool).tril()
    weights = torch.softmax(torch.where(mask, scores, torch.tensor(-float('inf'), dtype=X.dtype)), -1)
    return weights.mm(v), weights
