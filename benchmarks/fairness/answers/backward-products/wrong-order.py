# wrong: gives the three in another order
# says: order|swap|W|place|shape
# part: columns
import torch

def by_columns(X, W, G):
    return torch.einsum("ak,ab->kb", W, G), torch.einsum("ab,kb->ak", G, X), G.sum(1)


def by_rows(X, W, G):
    return torch.einsum("ba,bk->ak", G, X), G.sum(0), torch.einsum("ba,ak->bk", G, W)
