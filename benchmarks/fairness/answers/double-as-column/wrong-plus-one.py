# wrong: the column is doubled, and x is not
# says: memory|x afterwards|cop
# part: column
import torch


def double_as_column(x):
    return torch.stack([x]).T * 2
