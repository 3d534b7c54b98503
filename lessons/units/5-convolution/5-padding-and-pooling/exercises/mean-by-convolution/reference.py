"""The mean of four pixels as a kernel."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, script


def avg_as_conv(channels):
    layer = nn.Conv2d(channels, channels, 2, 2, bias=False)
    with torch.no_grad():
        layer.weight.zero_()
        for one in range(channels):
            layer.weight[one, one] = 0.25
    return layer


@cases("mean")
def pictures(rng: Rng):
    for channels, n, height, width in ((1, 3, 7, 9), (3, 2, 6, 11), (5, 3, 10, 7)):
        s = script(f"{channels} channel{'s' if channels > 1 else ''}, {height} x {width}", rtol=1e-6, atol=1e-6)
        layer = s.call("avg_as_conv", channels, label="the layer", compare=False)
        s.call(fixture("is_convolution"), layer, label="a convolution")
        s.call(layer, 3 * rng.normal(n, channels, height, width) + 1, label="its output")
        yield s


@check("it is a convolution", part="mean")
def convolution(got, ref, inputs):
    if got["a convolution"] is not True:
        return Finding("What is returned is no nn.Conv2d.", name="no-convolution")
    return None


def apart(got, ref):
    """How far the output is from the mean, None where the sizes differ."""
    mine, right = got["its output"], ref["its output"]
    return mine - right if isinstance(mine, torch.Tensor) and mine.shape == right.shape else None


@alternative(part="mean")
def grouped(channels):
    layer = nn.Conv2d(channels, channels, kernel_size=(2, 2), stride=(2, 2), groups=channels, bias=False)
    layer.weight.data.fill_(0.25)
    return layer


@alternative(part="mean")
def by_einsum(channels):
    layer = nn.Conv2d(channels, channels, 2, stride=2)
    layer.weight = nn.Parameter(torch.eye(channels)[:, :, None, None].repeat(1, 1, 2, 2) / 4)
    nn.init.zeros_(layer.bias)
    return layer


@alternative(part="mean")
@torch.no_grad()
def by_mask(channels):
    layer = nn.Conv2d(channels, channels, 2, stride=2, bias=False)
    kernel = torch.full((2, 2), 0.25)
    layer.weight.copy_(torch.einsum("oi,hw->oihw", torch.eye(channels), kernel))
    return layer


edit_alternative("quarter", part="mean", replace=("= 0.25", "= 1 / 4"))
edit_alternative("named", part="mean", replace=("nn.Conv2d(channels, channels, 2, 2, bias=False)", "nn.Conv2d(in_channels=channels, out_channels=channels, kernel_size=2, stride=2, bias=False)"))

edit(
    "no-stride",
    "Moves the window by one pixel.",
    hint="The tiles of a pooling do not overlap: the window moves by its own width.",
    part="mean",
    replace=("channels, 2, 2, bias", "channels, 2, bias"),
)
edit(
    "sum",
    "Adds the four pixels up.",
    hint="A mean of four.",
    part="mean",
    replace=("= 0.25", "= 1.0"),
)
edit(
    "half",
    "Divides by two.",
    hint="There are four pixels in a tile.",
    part="mean",
    replace=("= 0.25", "= 0.5"),
)
edit(
    "bias-kept",
    "Has a random bias.",
    hint="A mean adds nothing. `bias=False`, or set it to 0.",
    part="mean",
    replace=(", bias=False", ""),
    when=lambda got, ref, inputs: apart(got, ref) is not None and apart(got, ref).std(dim=(0, 2, 3)).max().item() < 1e-5,
)
edit(
    "channels-mixed",
    "Takes the mean over all channels.",
    hint="Each channel is pooled by itself: weights that lead to another channel are 0.",
    part="mean",
    replace=("layer.weight.zero_()", "layer.weight.fill_(0.25)"),
)
