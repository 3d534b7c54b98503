"""How many stamps reach each pixel, with a stride of 2."""

import torch
from torch.nn.functional import conv_transpose2d

from tutor import live

counts = {}
for size in (3, 4):
    counts[size] = conv_transpose2d(torch.ones(1, 1, 7, 7), torch.ones(1, 1, size, size), stride=2)[0, 0]
    live.show(counts[size], title=f"stamp {size} x {size}")
    inside = counts[size][2:-2, 2:-2]  # without the border
    print(f"stamp {size} x {size}: inside, a pixel gets one of {inside.unique().int().tolist()} stamps")
