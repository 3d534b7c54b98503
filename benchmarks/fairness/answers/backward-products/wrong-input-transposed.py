# wrong: gives dX transposed
# says: transposed|shape
# part: rows
import torch

def by_columns(X, W, G):
    return torch.einsum("ab,kb->ak", G, X), G.sum(1), torch.einsum("ak,ab->kb", W, G)


def by_rows(X, W, G):
    return torch.einsum("ba,bk->ak", G, X), G.sum(0), torch.einsum("ba,ak->kb", G, W)
