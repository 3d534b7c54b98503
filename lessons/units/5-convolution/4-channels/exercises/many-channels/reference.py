"""A convolution layer with channels, by a sum over the entries of the kernels."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


class ConvLayer(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        p, q = kernel_size
        self.kern = nn.Parameter(torch.randn(out_channels, in_channels, p, q))

    def forward(self, X):
        p, q = self.kern.shape[2:]
        rows, columns = X.shape[2] - p + 1, X.shape[3] - q + 1
        total = 0
        for i in range(p):
            for j in range(q):
                piece = X[:, None, :, i : i + rows, j : j + columns]
                total = total + (piece * self.kern[:, :, i, j, None, None]).sum(2)
        return total


@cases("layer")
def lives(rng: Rng):
    for n, a, b, (h, w), (p, q) in (
        (5, 3, 5, (6, 7), (2, 3)),
        (5, 5, 2, (3, 5), (1, 2)),
    ):
        s = script(f"{n} pictures of {h} x {w}, channels {a} to {b}, kernel {p} x {q}", rtol=1e-4, atol=1e-5)
        layer = s.new("ConvLayer", a, b, (p, q))
        s.observe(layer, "parameters", "buffers", "loose", label="what it holds")
        s.set(layer, {"kern": rng.normal(b, a, p, q)})
        made = s.call(layer, rng.normal(n, a, h, w), label="forward", wrt=[0] if a != n else [])
        if a != n:
            s.backward(rng.normal(n, b, h - p + 1, w - q + 1), of=made)
            s.grads(layer, label="gradient of the kernels")
            s.grads(made, label="gradient of the pictures")
        if n == a:
            s.call(layer, rng.normal(2, a, h + 1, w), label="larger pictures")
        yield s
    s = script("without arguments", rtol=1e-4)
    layer = s.new("ConvLayer")
    s.observe(layer, "parameters", label="what it holds")
    s.set(layer, {"kern": rng.normal(1, 1, 1, 1)})
    s.call(layer, rng.normal(3, 1, 5, 7), label="forward")
    yield s
    s = script("two fresh layers")
    layers = [s.new("ConvLayer", 3, 5, (2, 3)) for _ in range(2)]
    s.call(fixture("random_numbers"), *layers, label="kernels begin with random numbers of their own")
    yield s


@alternative(part="layer")
class ByPlaces(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        self.kern = nn.Parameter(torch.rand((out_channels, in_channels, *kernel_size)))

    def forward(self, X):
        p, q = self.kern.shape[2:]
        output = torch.empty(len(X), len(self.kern), X.shape[2] - p + 1, X.shape[3] - q + 1)
        for i in range(output.shape[2]):
            for j in range(output.shape[3]):
                output[:, :, i, j] = (X[:, None, :, i : i + p, j : j + q] * self.kern).sum(dim=(2, 3, 4))
        return output


@alternative(part="layer")
class ByProducts(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        self.p, self.q = kernel_size
        self.kern = nn.Parameter(0.1 * torch.randn(out_channels, in_channels, self.p, self.q))

    def forward(self, X):
        rows = [
            torch.stack(
                [X[:, :, i : i + self.p, j : j + self.q].flatten(1) @ self.kern.flatten(1).T for j in range(X.shape[3] - self.q + 1)], dim=2
            )
            for i in range(X.shape[2] - self.p + 1)
        ]
        return torch.stack(rows, dim=2)


@alternative(part="layer")
class ChannelByChannel(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        self.kern = nn.Parameter(torch.empty(out_channels, in_channels, *kernel_size).uniform_(-1, 1))

    def forward(self, X):
        p, q = self.kern.shape[-2:]
        h, w = X.shape[2] - p + 1, X.shape[3] - q + 1
        maps = []
        for kernel in self.kern:
            maps.append(sum(kernel[:, i, j, None, None] * X[:, :, i : i + h, j : j + w] for i in range(p) for j in range(q)).sum(1))
        return torch.stack(maps, dim=1)


edit_alternative("by-tensordot", part="layer", replace=(
    "(piece * self.kern[:, :, i, j, None, None]).sum(2)",
    "torch.tensordot(piece[:, 0], self.kern[:, :, i, j], dims=([1], [1])).movedim(3, 1)",
))  # fmt: skip
edit_alternative("from-zeros", part="layer", replace=("total = 0", "total = torch.zeros(len(X), len(self.kern), rows, columns)"))

OTHER = "Is `kern` an `nn.Parameter`, with the output channels first, then the input channels, rows and columns?"
"""What is said where a layer has other parameters, as in exercise.yaml."""

edit(
    "channels-exchanged",
    "Has the input channels first.",
    hint=OTHER,
    part="layer",
    replace=("torch.randn(out_channels, in_channels, p, q)", "torch.randn(in_channels, out_channels, p, q)"),
)
edit(
    "one-kernel-for-all",
    "Has one kernel for all output channels.",
    hint=OTHER,
    part="layer",
    replace=("torch.randn(out_channels, in_channels, p, q)", "torch.randn(1, in_channels, p, q)"),
)
edit(
    "no-input-channels",
    "Has kernels without input channels.",
    hint=OTHER,
    part="layer",
    replace=("torch.randn(out_channels, in_channels, p, q)", "torch.randn(out_channels, 1, p, q)"),
)
edit(
    "first-channel",
    "Looks at the first input channel only.",
    hint="All input channels are added up.",
    part="layer",
    replace=("self.kern[:, :, i, j, None, None]).sum(2)", "self.kern[:, :, i, j, None, None])[:, :, 0]"),
)
edit(
    "mean-of-channels",
    "Takes the mean over the input channels.",
    hint="The channels are added up.",
    part="layer",
    replace=("return total", "return total / X.shape[1]"),
)
edit(
    "turned",
    "Turns the kernels by 180 degrees.",
    hint="Here the kernel stays as it is.",
    part="layer",
    replace=("self.kern[:, :, i, j, None, None]", "self.kern[:, :, p - 1 - i, q - 1 - j, None, None]"),
)
edit(
    "one-too-few",
    "Loses the last row and the last column.",
    hint="How many places does a window of width 3 have in a row of 3?",
    part="layer",
    replace=("X.shape[2] - p + 1, X.shape[3] - q + 1", "X.shape[2] - p, X.shape[3] - q"),
)
edit(
    "not-merged",
    "Keeps the input channels apart.",
    hint="The channels of a pixel belong to the same place. Sum over them, for each output channel.",
    part="layer",
    replace=(".sum(2)", ""),
)


@mistake(
    "no-unsqueeze",
    "Lines the kernels up with the pictures.",
    hint="Sizes are lined up from the right. Give the windows a dimension of size 1 for the output channels: `unsqueeze(1)`.",
    part="layer",
)
class NoUnsqueeze(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        self.kern = nn.Parameter(torch.rand((out_channels, in_channels, *kernel_size)))

    def forward(self, X):
        p, q = self.kern.shape[2:]
        output = torch.empty(len(X), len(self.kern), X.shape[2] - p + 1, X.shape[3] - q + 1)
        for i in range(output.shape[2]):
            for j in range(output.shape[3]):
                output[:, :, i, j] = (X[:, :, i : i + p, j : j + q] * self.kern).sum(dim=(1, 2, 3))[:, None]
        return output


@mistake(
    "kernels-meet-pictures",
    "Lines the kernels up with the pictures, or sums over dimensions that are not there.",
    hint="Sizes are lined up from the right. Give the windows a dimension of size 1 for the output channels: `unsqueeze(1)`.",
    part="layer",
    when=lambda got, ref, inputs: "Dimension out of range" in inputs["raised"] or "must match the size" in inputs["raised"],
)
class KernelsMeetPictures(NoUnsqueeze):
    def forward(self, X):
        p, q = self.kern.shape[2:]
        output = torch.empty(len(X), len(self.kern), X.shape[2] - p + 1, X.shape[3] - q + 1)
        for i in range(output.shape[2]):
            for j in range(output.shape[3]):
                output[:, :, i, j] = (X[:, :, i : i + p, j : j + q] * self.kern).sum(dim=(2, 3, 4))
        return output

edit(
    "last-channel",
    "Keeps the last input channel only.",
    hint="The convolutions of all input channels are added up.",
    replace=(").sum(2)", ")[:, :, -1]"),
)
