"""A residual block with a stride of 2, and a convolution of 1 by 1 around it."""

import torch
from torch import nn

import kernels
from grader.spec import Rng, alternative, cases, edit, edit_alternative, script


class ResBlockDownSamp(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        wide = in_channels * 2
        self.path = nn.Sequential(
            nn.Conv2d(in_channels, wide, kernel_size=3, padding=1, stride=2, bias=False),
            nn.BatchNorm2d(wide),
            nn.ReLU(),
            nn.Conv2d(wide, wide, kernel_size=3, padding="same", bias=False),
            nn.BatchNorm2d(wide),
        )
        self.skip = nn.Conv2d(in_channels, wide, kernel_size=1, stride=2, bias=False)

    def forward(self, X):
        around = self.skip(X)
        return nn.functional.relu(around + self.path(X))


@cases("block")
def blocks(rng: Rng):
    for c, size in ((3, (5, 3, 14, 12)), (1, (6, 1, 7, 9)), (5, (3, 5, 6, 11)), (4, (2, 4, 28, 28))):
        s = script(f"{c} channels, {size[2]} x {size[3]}" if c > 1 else f"one channel, {size[2]} x {size[3]}", rtol=1e-4, atol=1e-4)
        block = s.new("ResBlockDownSamp", c, label="the block")
        s.observe(block, "parameters", "buffers", "loose", label="what it holds")
        w = 2 * c
        s.set(block, {
            "path.0.weight": rng.normal(w, c, 3, 3, std=0.4), "path.1.weight": rng.uniform(w, low=0.5, high=1.5), "path.1.bias": rng.normal(w, std=0.3),
            "path.3.weight": rng.normal(w, w, 3, 3, std=0.3), "path.4.weight": rng.uniform(w, low=0.5, high=1.5), "path.4.bias": rng.normal(w, std=0.3),
            "skip.weight": rng.normal(w, c, 1, 1),
        })  # fmt: skip
        s.call(block, rng.normal(*size), label="in training mode")
        s.eval(block)
        s.call(block, rng.normal(*size), label="in prediction mode")
        yield s


COUNT = "Print the block. How many channels does each layer have, and which of them have a bias?"


@alternative(part="block")
class StepByStep(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.path, size = nn.Sequential(), 2 * in_channels
        self.path.append(nn.Conv2d(in_channels, size, (3, 3), (2, 2), (1, 1), bias=False))
        self.path.append(nn.BatchNorm2d(size))
        self.path.append(nn.ReLU())
        self.path.append(nn.Conv2d(size, size, (3, 3), padding="same", bias=False))
        self.path.append(nn.BatchNorm2d(size))
        self.skip = nn.Conv2d(in_channels, size, (1, 1), (2, 2), bias=False)
        self.activation = nn.ReLU()

    def forward(self, X):
        Y = self.path(X)
        return self.activation(Y + self.skip(X))


edit_alternative("of-kernels", part="block", replace=("nn.BatchNorm2d(wide),\n            nn.ReLU(),", "kernels.nn.BatchNorm2d(wide, relu=True),\n            nn.Identity(),"))
edit_alternative("padding-by-number", part="block", replace=('padding="same"', "padding=1"))
edit_alternative("clamped", part="block", replace=("nn.functional.relu(around + self.path(X))", "(self.path(X) + around).clamp(min=0)"))
edit_alternative("every-other-position", part="block", replace=[("self.skip = nn.Conv2d(in_channels, wide, kernel_size=1, stride=2, bias=False)", "self.skip = nn.Conv2d(in_channels, wide, kernel_size=1, bias=False)"), ("self.skip(X)", "self.skip(X[:, :, ::2, ::2])")])
edit_alternative("in-place", part="block", replace=[("nn.functional.relu(around + self.path(X))", "torch.relu_(self.path(X).add_(around))"), ("nn.ReLU()", "nn.ReLU(inplace=True)")])

edit(
    "no-skip",
    "Does not add the skip connection.",
    hint="The result of the path and that of the skip connection are added.",
    part="block",
    replace=("around + self.path(X)", "self.path(X)"),
)
edit(
    "no-relu",
    "Leaves out the ReLU at the end.",
    hint="After the sum comes a ReLU.",
    part="block",
    replace=("nn.functional.relu(around + self.path(X))", "around + self.path(X)"),
)
edit(
    "relu-before-the-sum",
    "Applies the ReLU to the path alone.",
    hint="First the sum, then the ReLU.",
    part="block",
    replace=("nn.functional.relu(around + self.path(X))", "around + nn.functional.relu(self.path(X))"),
)
edit(
    "skip-without-stride",
    "Has a skip connection that keeps the size.",
    hint="Both ways must end at the same size. Which of the layers have a stride of 2?",
    part="block",
    replace=("kernel_size=1, stride=2", "kernel_size=1"),
)
edit(
    "stride-twice",
    "Has a stride of 2 in both convolutions of the path.",
    hint="Both ways must end at the same size. Which of the layers have a stride of 2?",
    part="block",
    replace=('kernel_size=3, padding="same", bias=False', "kernel_size=3, padding=1, stride=2, bias=False"),
)
edit(
    "with-biases",
    "Has convolutions with a bias.",
    hint=COUNT,
    part="block",
    replace=("kernel_size=3, padding=1, stride=2, bias=False", "kernel_size=3, padding=1, stride=2"),
)
edit(
    "activation-forgotten",
    "Has no ReLU inside the path.",
    hint="The path has five layers, and the third is a ReLU.",
    part="block",
    replace=("            nn.ReLU(),\n", "            nn.Identity(),\n"),
)

edit(
    "multiplied",
    "Multiplies path and skip connection instead of adding them.",
    hint="A residual block adds.",
    replace=("around + self.path(X)", "around * self.path(X)"),
)
