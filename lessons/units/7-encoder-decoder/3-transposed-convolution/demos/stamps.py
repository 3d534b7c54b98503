"""Four pixels, each of which stamps the kernel on the output."""

import torch
from torch.nn.functional import conv_transpose2d

picture = torch.tensor([[1, 2], [3, 0]])
kernel = torch.tensor([[1, 0, 2], [0, 1, 0], [3, 0, 1]])
print("kernel:", *kernel.tolist(), sep="\n  ")

total = torch.zeros(4, 4, dtype=torch.int64)
for place in ((0, 0), (0, 1), (1, 0), (1, 1)):
    alone = torch.zeros_like(picture)
    alone[place] = picture[place]  # all other pixels are dark
    stamp = conv_transpose2d(alone[None].double(), kernel[None, None].double())[0].long()
    total += stamp
    print(f"\npixel {place} is {picture[place]}")
    for mine, so_far in zip(stamp.tolist(), total.tolist(), strict=True):
        print("   ", *(f"{number:2}" if number else " ." for number in mine), "     ", *(f"{number:2}" for number in so_far))
