"""Batch normalisation by hand, with buffers for what prediction needs."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


class BN(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(in_features))
        self.beta = nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mean", torch.zeros(in_features))
        self.register_buffer("variance", torch.ones(in_features))

    def forward(self, x):
        mean, variance = self.mean, self.variance
        if self.training:
            mean, variance = x.mean(0), x.var(0, correction=0)
            with torch.no_grad():
                self.mean.mul_(0.9).add_(0.1 * mean)
                self.variance.mul_(0.9).add_(0.1 * variance)
        return self.gamma * ((x - mean) / (variance + 1e-5).sqrt()) + self.beta


@cases("layer")
def lives(rng: Rng):
    d = 5
    s = script("training, then prediction")
    layer = s.new("BN", d)
    s.observe(layer, "parameters", "buffers", "loose", label="what it holds")
    s.set(layer, {"gamma": rng.uniform(d, low=0.5, high=2.0), "beta": rng.normal(d)})
    for number in range(3):
        s.call(layer, 2 * rng.normal(7, d) + 1, label=f"mini-batch {number + 1}")
    s.state_dict(layer)
    s.eval(layer)
    row = rng.normal(1, d)
    s.call(layer, torch.cat([row, 3 * rng.normal(6, d)]), label="in prediction mode")
    s.call(layer, row, label="one sample in prediction mode")
    s.state_dict(layer)
    s.train(layer)
    s.call(layer, rng.normal(3, d), label="in training mode again")
    yield s

    s = script("prediction before any training")
    layer = s.new("BN", 3)
    s.eval(layer)
    s.call(layer, 5 * rng.normal(6, 3) + 2, label="in prediction mode")
    yield s

    s = script("gradients")
    layer = s.new("BN", d)
    s.set(layer, {"gamma": rng.uniform(d, low=0.5, high=2.0), "beta": rng.normal(d)})
    x = rng.normal(6, d)
    made = s.call(layer, x, label="forward", wrt=[0])
    s.backward(rng.normal(6, d), of=made)
    s.grads(layer, label="gradients of gamma and beta")
    s.grads(made, label="gradient of x")
    yield s

    s = script("in a model")
    layer = s.new("BN", 3)
    model = s.call(fixture("between"), layer, 3, label="the model", compare=False)
    s.set(model, {"0.weight": rng.normal(3, 3), "0.bias": rng.normal(3)})
    for number in range(2):
        s.call(model, rng.normal(8, 3), label=f"mini-batch {number + 1}")
    s.call(fixture("tracked"), layer, label="tracked", compare=False)
    s.eval(model)
    s.call(model, rng.normal(2, 3), label="in prediction mode")
    yield s


@check("the running averages are not tracked", part="layer", only="in a model", observation=True)
def untracked(got, ref, inputs):
    if got["tracked"] == [False, False]:
        return None
    return Finding(
        "A running average is tracked by autograd: the history of every mini-batch stays in memory.", name="averages-tracked",
        hint="Update the buffers within `torch.no_grad()`, or from `mean.detach()`.",
    )


@alternative(part="layer")
class ByHand(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.ones(in_features)), nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mean", torch.zeros(in_features))
        self.register_buffer("variance", torch.ones(in_features))
        self.eps = 1e-5

    def forward(self, x):
        if self.training:
            mu = x.sum(dim=0) / x.shape[0]
            sigma2 = ((x - mu) ** 2).sum(dim=0) / x.shape[0]
            self.mean = (0.9 * self.mean + 0.1 * mu.detach()).to(self.mean.dtype)
            self.variance = (0.9 * self.variance + 0.1 * sigma2.detach()).to(self.variance.dtype)
        else:
            mu, sigma2 = self.mean, self.variance
        return (x - mu) / torch.sqrt(sigma2 + self.eps) * self.gamma + self.beta


edit_alternative("lerp", part="layer", replace=[
    ("self.mean.mul_(0.9).add_(0.1 * mean)", "self.mean.copy_(0.9 * self.mean + 0.1 * mean)"),
    ("self.variance.mul_(0.9).add_(0.1 * variance)", "self.variance.copy_(0.9 * self.variance + 0.1 * variance)"),
])  # fmt: skip
edit_alternative("unbiased-false", part="layer", replace=("x.var(0, correction=0)", "torch.var(x, dim=0, unbiased=False)"))
edit_alternative("mean-of-squares", part="layer", replace=("x.var(0, correction=0)", "(x - x.mean(0)).square().mean(0)"))
edit_alternative("rsqrt", part="layer", replace=("((x - mean) / (variance + 1e-5).sqrt())", "(x - mean) * torch.rsqrt(variance + 1e-5)"))

edit(
    "unbiased",
    "Divides the squares by N - 1.",
    hint="`var` divides by N - 1 unless you say `correction=0`.",
    part="layer",
    replace=("x.var(0, correction=0)", "x.var(0)"),
)
edit(
    "averages-always",
    "Updates the running averages in prediction mode too.",
    hint="A prediction must not change the layer. Update in training mode only.",
    part="layer",
    replace=(
        "        if self.training:\n            mean, variance = x.mean(0), x.var(0, correction=0)\n            with torch.no_grad():\n                self.mean.mul_(0.9).add_(0.1 * mean)\n                self.variance.mul_(0.9).add_(0.1 * variance)\n",
        "        if self.training:\n            mean, variance = x.mean(0), x.var(0, correction=0)\n        with torch.no_grad():\n            self.mean.mul_(0.9).add_(0.1 * x.mean(0))\n            self.variance.mul_(0.9).add_(0.1 * x.var(0, correction=0))\n",
    ),
)
edit(
    "weights-swapped",
    "Gives the new value the weight 0.9.",
    hint="A running average is slow: nine tenths of the old value, a tenth of the new one.",
    part="layer",
    replace=[
        ("self.mean.mul_(0.9).add_(0.1 * mean)", "self.mean.mul_(0.1).add_(0.9 * mean)"),
        ("self.variance.mul_(0.9).add_(0.1 * variance)", "self.variance.mul_(0.1).add_(0.9 * variance)"),
    ],
)
edit(
    "averages-in-training",
    "Normalises with the running averages in training mode too.",
    hint="In training mode the mini-batch's own mean and variance normalise.",
    part="layer",
    replace=("((x - mean) / (variance + 1e-5).sqrt())", "((x - self.mean) / (self.variance + 1e-5).sqrt())"),
)
edit(
    "batch-in-prediction",
    "Normalises with the mini-batch in prediction mode too.",
    hint="A prediction must not depend on the companions of a sample. Take the running averages.",
    part="layer",
    replace=("((x - mean) / (variance + 1e-5).sqrt())", "((x - x.mean(0)) / (x.var(0, correction=0) + 1e-5).sqrt())"),
)
edit(
    "averages-are-parameters",
    "Makes the running averages parameters.",
    hint="An optimiser changes parameters. Register the averages as buffers.",
    part="layer",
    replace=[
        ('self.register_buffer("mean", torch.zeros(in_features))', "self.mean = nn.Parameter(torch.zeros(in_features))"),
        ('self.register_buffer("variance", torch.ones(in_features))', "self.variance = nn.Parameter(torch.ones(in_features))"),
    ],
)
edit(
    "not-registered",
    "Keeps the running averages as plain attributes.",
    hint="What is not registered is not saved with the model, and does not move with it: `register_buffer`.",
    part="layer",
    replace=[
        ('self.register_buffer("mean", torch.zeros(in_features))', "self.mean = torch.zeros(in_features)"),
        ('self.register_buffer("variance", torch.ones(in_features))', "self.variance = torch.ones(in_features)"),
    ],
)

@mistake(
    "with-its-graph",
    "Keeps the running averages with their graph.",
    hint="The history of every mini-batch stays in memory this way. Update within `torch.no_grad()`, or from `mean.detach()`.",
    part="layer",
)
class WithItsGraph(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.ones(in_features)), nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mean", torch.zeros(in_features))
        self.register_buffer("variance", torch.ones(in_features))

    def forward(self, x):
        mean, variance = self.mean, self.variance
        if self.training:
            mean, variance = x.mean(0), x.var(0, correction=0)
            self.mean = 0.9 * self.mean + 0.1 * mean
            self.variance = 0.9 * self.variance + 0.1 * variance
        return self.gamma * ((x - mean) / (variance + 1e-5).sqrt()) + self.beta


edit(
    "no-root",
    "Divides by the variance instead of its root.",
    hint="The standard deviation is the root of the variance.",
    part="layer",
    replace=("(variance + 1e-5).sqrt()", "(variance + 1e-5)"),
)
