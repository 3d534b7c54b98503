"""Weights whose variance keeps that of the signal."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, script

SIZES = {"none": (300, 200, True), "tanh": (1000, 57, True), "relu": (150, 700, False)}


def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / layer.in_features
    with torch.no_grad():
        layer.weight.normal_(0, variance**0.5)
        if layer.bias is not None:
            layer.bias.zero_()


@cases
def layers(rng: Rng):
    for name, sizes in SIZES.items():
        s = script(f"inputs from {name}", wanted=(2 if name == "relu" else 1) / sizes[0], relu=name == "relu")
        layer = s.call(fixture("make_layer"), *sizes, label="the layer", compare=False)
        s.call("init_", layer, name, label="returned")
        s.call(fixture("inside"), layer, label="after", compare=False)
        yield s


@check("weights have mean 0 and the variance that is asked", weight=3)
def right_size(got, ref, inputs):
    wanted = inputs["wanted"]
    found, right = got["after"], ref["after"]
    if found["weight"].shape != right["weight"].shape:
        return Finding("The size of the weights has changed.", name="sizes")
    W = found["weight"].double()
    if abs(W.mean().item()) > 0.02 * wanted**0.5:
        return Finding("The weights do not have the mean 0.", name="mean", expected="about 0", got=f"{W.mean().item():.4f}")
    variance = W.var().item()
    if not abs(variance / wanted - 1) <= 0.05:
        return Finding("The weights have another variance.", name="variance", expected=f"about {wanted:.3g}", got=f"{variance:.3g}")
    beyond = (W.abs() > 1.9 * wanted**0.5).double().mean().item()
    if not 0.04 < beyond < 0.075:
        return Finding("The weights are not normally distributed.", name="not-normal", expected="5.7 % beyond 1.9 standard deviations", got=f"{beyond:.1%}")
    return None


@check("biases are 0, and everything can be trained")
def others(got, ref, inputs):
    found = got["after"]
    if found["bias"] is not None and bool(found["bias"].any()):
        return Finding("A bias is not 0.", name="biases", hint="`nn.init.zeros_(layer.bias)`, where there is one.")
    if not found["trainable"]:
        return Finding("A parameter can no longer be trained.", name="not-trainable")
    return None


def share(got, inputs):
    """The variance that was found, as a share of the one that is asked."""
    return got["after"]["weight"].double().var().item() / inputs["wanted"]


@alternative
def with_init(layer, activation):
    above = {"none": 1, "tanh": 1, "relu": 2}[activation]
    nn.init.normal_(layer.weight, mean=0.0, std=(above / layer.in_features) ** 0.5)
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)


@alternative
def by_columns(layer, activation):
    factor = 2**0.5 if activation == "relu" else 1.0
    layer.weight.data = factor * torch.randn(layer.weight.shape) / layer.weight.shape[1] ** 0.5
    if layer.bias is not None:
        layer.bias.data.fill_(0)


@alternative
@torch.no_grad()
def by_match(layer, activation):
    match activation:
        case "none" | "tanh":
            gain = 1
        case "relu":
            gain = 2
    rows, columns = layer.weight.size()
    layer.weight.copy_(torch.randn(rows, columns).mul_((gain / columns) ** 0.5))
    if layer.bias is not None:
        layer.bias *= 0


edit_alternative("from-a-normal", replace=("layer.weight.normal_(0, variance**0.5)", "layer.weight.copy_(torch.normal(0.0, variance**0.5, layer.weight.shape))"))
edit_alternative("size-of-a-row", replace=("layer.in_features", "len(layer.weight[0])"))

edit(
    "variance-for-deviation",
    "Gives the standard deviation the size of the variance.",
    hint="`std` is the root of the variance.",
    replace=("variance**0.5", "variance"),
    when=lambda got, ref, inputs: share(got, inputs) < 0.1,
)
edit(
    "number-of-outputs",
    "Counts the outputs instead of the inputs.",
    hint="Each output is a sum over the layer's inputs: `in_features` terms.",
    replace=("layer.in_features", "layer.out_features"),
    when=lambda got, ref, inputs: abs(share(got, inputs) * got["after"]["weight"].shape[0] / got["after"]["weight"].shape[1] - 1) < 0.06,
)
edit(
    "no-relu",
    "Treats the ReLU like no activation.",
    hint="A ReLU takes away half of the second moment, so the weights need twice the variance.",
    replace=("(2 if activation == \"relu\" else 1)", "1"),
    when=lambda got, ref, inputs: inputs["relu"] and 0.45 < share(got, inputs) < 0.55,
)
edit(
    "relu-everywhere",
    "Takes the rule for a ReLU everywhere.",
    hint="Nothing is cut off where the inputs come from no activation, or from tanh.",
    replace=("(2 if activation == \"relu\" else 1)", "2"),
    when=lambda got, ref, inputs: 1.9 < share(got, inputs) < 2.1,
)
edit(
    "uniform",
    "Samples from a uniform distribution.",
    hint="A normal distribution is asked for.",
    replace=("layer.weight.normal_(0, variance**0.5)", "layer.weight.uniform_(-((3 * variance) ** 0.5), (3 * variance) ** 0.5)"),
    when=lambda got, ref, inputs: 0.9 < share(got, inputs) < 1.1 and got["after"]["weight"].abs().max().item() < 2 * inputs["wanted"] ** 0.5,
)
edit(
    "biases-kept",
    "Leaves the biases as they were.",
    hint="`nn.init.zeros_(layer.bias)`, where there is one.",
    replace=("layer.bias.zero_()", "pass"),
    when=lambda got, ref, inputs: got["after"]["bias"] is not None and bool(got["after"]["bias"].any()),
)
