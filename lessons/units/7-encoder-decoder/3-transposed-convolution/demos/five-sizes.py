"""What becomes of seven pixels in each direction, with a kernel of 3 x 3."""

import torch
from torch import nn

X, sizes = torch.zeros(1, 1, 7, 7), []
for settings in (
    {"stride": 1},
    {"stride": 2},
    {"stride": 2, "padding": 1},
    {"stride": 2, "padding": 1, "output_padding": 1},
    {"stride": 3, "padding": 1, "output_padding": 2},
):
    sizes.append(nn.ConvTranspose2d(1, 1, 3, **settings)(X).shape[2])
    print("7 ->", f"{sizes[-1]:2} ", ", ".join(f"{name} {value}" for name, value in settings.items()))
for n in (13, 14):
    print(f"a convolution with stride 2 and padding 1: {n} ->", nn.Conv2d(1, 1, 3, 2, 1)(torch.zeros(1, 1, n, n)).shape[2])
