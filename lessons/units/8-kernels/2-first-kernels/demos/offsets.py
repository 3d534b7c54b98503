"""Which numbers three programs work on, and which of those exist."""

import torch

n, BLOCK = 150, 64
exist = []
for program in range(3):
    at = program * BLOCK + torch.arange(BLOCK)
    mask = at < n
    exist.append(int(mask.sum()))
    print(f"program {program}: {at[0]:3} to {at[-1]:3}, {exist[-1]} of {BLOCK} exist")
