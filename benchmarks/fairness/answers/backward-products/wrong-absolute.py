# wrong: adds up the sizes of the derivatives
# says: sign|absolute
# part: rows
import torch

def by_columns(X, W, G):
    return torch.einsum("ab,kb->ak", G, X), G.sum(1), torch.einsum("ak,ab->kb", W, G)


def by_rows(X, W, G):
    return torch.einsum("ba,bk->ak", G, X), G.abs().sum(0), torch.einsum("ba,ak->bk", G, W)
