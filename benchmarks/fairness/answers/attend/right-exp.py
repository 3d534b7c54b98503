# right
# part: batch
import torch

def attend(q, K, V):
    weights = torch.softmax(K @ q, dim=0)
    return V.T @ weights, weights


def attend_batch(Q, K, V, lengths):
    scores = torch.einsum('nd,ntd->nt', Q, K)
    padding = torch.arange(K.size(1)).expand(len(K), -1) >= lengths.unsqueeze(1)
    scores = scores.masked_fill(padding, float('-inf'))
    e = torch.exp(scores - scores.max(1, keepdim=True).values)
    weights = e / e.sum(1, keepdim=True)
    return torch.einsum('nt,ntv->nv', weights, V), weights
