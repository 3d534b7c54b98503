"""A picture that is padded on top and on the left."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


def one_sided(layer, image):
    rows, columns = layer.weight.shape[2:]
    larger = torch.zeros(1, 1, image.shape[2] + rows - 1, image.shape[3] + columns - 1)
    larger[:, :, rows - 1 :, columns - 1 :] = image
    return layer(image), layer(larger)


@cases("sides")
def pictures(rng: Rng):
    for k, height, width in ((5, 28, 28), (3, 11, 13), (7, 9, 14), (1, 5, 6)):
        s = script(f"{height} x {width}, kernel {k} x {k}")
        layer = s.call(fixture("smooth"), k, rng.integers(0, 10**6), label="the layer", compare=False)
        s.call("one_sided", layer, rng.normal(1, 1, height, width), label="result", observe=["unchanged_inputs"])
        s.call(fixture("settings"), layer, label="the layer afterwards")
        yield s


@alternative(part="sides")
def with_a_layer(layer, image):
    k = layer.kernel_size[0]
    return layer(image), layer(nn.ZeroPad2d((k - 1, 0, k - 1, 0))(image))


@alternative(part="sides")
def concatenated(layer, image):
    k = layer.weight.size(-1)
    wide = torch.cat([torch.zeros(1, 1, image.shape[2], k - 1), image], dim=3)
    tall = torch.cat([torch.zeros(1, 1, k - 1, wide.shape[3]), wide], dim=2)
    return layer(image), layer(tall)


@alternative(part="sides")
def by_the_function(layer, image):
    k = layer.kernel_size[-1]
    padded = nn.functional.pad(image, [k - 1, 0, k - 1, 0], value=0.0)
    return nn.functional.conv2d(image, layer.weight), nn.functional.conv2d(padded, layer.weight)


edit_alternative("from-the-layer", part="sides", replace=("layer.weight.shape[2:]", "layer.kernel_size"))
edit_alternative("ends", part="sides", replace=("larger[:, :, rows - 1 :, columns - 1 :] = image", "larger[:, :, -image.shape[2] :, -image.shape[3] :] = image"))

edit(
    "bottom-and-right",
    "Adds the zeros below and on the right.",
    hint="The picture must stand at the bottom right of the larger one.",
    part="sides",
    replace=("larger[:, :, rows - 1 :, columns - 1 :] = image", "larger[:, :, : image.shape[2], : image.shape[3]] = image"),
)
edit(
    "all-around",
    "Pads all around.",
    hint="All zeros go on top and to the left. The order of the four numbers is left, right, top, bottom.",
    part="sides",
    replace=("larger[:, :, rows - 1 :, columns - 1 :] = image", "larger[:, :, rows // 2 : rows // 2 + image.shape[2], columns // 2 : columns // 2 + image.shape[3]] = image"),
)
edit(
    "columns-only",
    "Adds columns on both sides, and no rows.",
    hint="The order of the four numbers is left, right, top, bottom.",
    part="sides",
    replace=[
        ("image.shape[2] + rows - 1, image.shape[3] + columns - 1", "image.shape[2], image.shape[3] + 2 * (columns - 1)"),
        ("larger[:, :, rows - 1 :, columns - 1 :] = image", "larger[:, :, :, columns - 1 : columns - 1 + image.shape[3]] = image"),
    ],
)
edit(
    "one-too-many",
    "Adds as many rows as the kernel has.",
    hint="A kernel of one row needs no padding.",
    part="sides",
    replace=[
        ("image.shape[2] + rows - 1, image.shape[3] + columns - 1", "image.shape[2] + rows, image.shape[3] + columns"),
        ("larger[:, :, rows - 1 :, columns - 1 :] = image", "larger[:, :, rows:, columns:] = image"),
    ],
)

edit(
    "edge-repeated",
    "Repeats the border instead of adding zeros.",
    hint="Rows and columns of zeros are added.",
    replace=("layer(larger)", "layer(torch.nn.functional.pad(image, (columns - 1, 0, rows - 1, 0), mode=\"replicate\"))"),
)
