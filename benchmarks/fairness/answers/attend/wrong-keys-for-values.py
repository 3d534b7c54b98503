# wrong: returns a mean of the keys
# says: value|key|V|shape
# part: one
import torch

def attend(q, K, V):
    weights = torch.softmax(K @ q, dim=0)
    return K.T @ weights, weights


def attend_batch(Q, K, V, lengths):
    scores = (K @ Q[:, :, None])[:, :, 0]
    inside = torch.arange(K.shape[1])[None] < lengths[:, None]
    weights = torch.where(inside, scores, -torch.inf).softmax(dim=1)
    return (weights[:, None] @ V)[:, 0], weights
