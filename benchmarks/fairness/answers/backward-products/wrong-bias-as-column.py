# wrong: gives db as a column
# says: shape|size|column
# part: columns
import torch

def by_columns(X, W, G):
    return torch.einsum("ab,kb->ak", G, X), G.sum(1, keepdim=True), torch.einsum("ak,ab->kb", W, G)


def by_rows(X, W, G):
    return torch.einsum("ba,bk->ak", G, X), G.sum(0), torch.einsum("ba,ak->bk", G, W)
