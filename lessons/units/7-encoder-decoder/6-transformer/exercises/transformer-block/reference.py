"""Attention and a small network, with all their weights."""

import torch
from torch import nn
from torch.nn.functional import layer_norm, linear

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def attend(x, w, heads):
    parts = linear(x, w["self_attn.in_proj_weight"], w["self_attn.in_proj_bias"]).chunk(3, dim=1)
    q, k, v = (one.unflatten(1, (heads, -1)).transpose(0, 1) for one in parts)
    weights = (q @ k.mT / q.shape[2] ** 0.5).softmax(2)
    joined = (weights @ v).transpose(0, 1).flatten(1)
    return linear(joined, w["self_attn.out_proj.weight"], w["self_attn.out_proj.bias"])


def feed(z, w):
    return linear(linear(z, w["linear1.weight"], w["linear1.bias"]).relu(), w["linear2.weight"], w["linear2.bias"])


def block(x, w, heads):
    E = x.shape[1:]
    z = layer_norm(x + attend(x, w, heads), E, w["norm1.weight"], w["norm1.bias"])
    return layer_norm(z + feed(z, w), E, w["norm2.weight"], w["norm2.bias"])


def drawn(rng, E, F, scale):
    sizes = {
        "self_attn.in_proj_weight": (3 * E, E),
        "self_attn.in_proj_bias": (3 * E,),
        "self_attn.out_proj.weight": (E, E),
        "self_attn.out_proj.bias": (E,),
        "linear1.weight": (F, E),
        "linear1.bias": (F,),
        "linear2.weight": (E, F),
        "linear2.bias": (E,),
        "norm1.weight": (E,),
        "norm1.bias": (E,),
        "norm2.weight": (E,),
        "norm2.bias": (E,),
    }
    return {name: scale * rng.normal(*size, dtype=torch.float64) for name, size in sizes.items()}


@cases("block")
def sentences(rng: Rng):
    for label, T, E, F, heads, scale in (
        ("seven tokens, three heads", 7, 15, 20, 3, 0.6),
        ("three tokens, five heads", 3, 10, 7, 5, 0.7),
        ("one head", 5, 6, 11, 1, 0.6),
        ("as many heads as numbers", 6, 3, 5, 3, 0.9),
        ("one token", 1, 12, 9, 2, 0.6),
        ("small numbers", 7, 6, 5, 2, 0.05),
    ):
        yield case(
            x=(0.01 if scale == 0.05 else 1.0) * rng.normal(T, E, dtype=torch.float64), w=drawn(rng, E, F, scale), heads=heads, label=label, rtol=1e-7, atol=1e-8
        )  # fmt: skip


@check("is what PyTorch's layer computes", part="block")
def as_torch(got, ref, inputs):
    x, w = inputs["x"], inputs["w"]
    layer = nn.TransformerEncoderLayer(x.shape[1], inputs["heads"], len(w["linear1.bias"]), dtype=torch.float64).eval()
    layer.load_state_dict(w)
    with torch.no_grad():
        right = layer(x)
    if not isinstance(got, torch.Tensor) or got.shape != right.shape:
        return Finding("The output does not have the shape of the input.", name="other-shape")
    if not torch.allclose(got.double(), right, rtol=1e-6, atol=1e-7):
        return Finding("PyTorch's layer has another output.", name="not-as-torch")
    return None


@alternative(part="block")
def head_by_head(x, w, heads):
    T, E = x.shape
    d = E // heads
    Wq, Wk, Wv = w["self_attn.in_proj_weight"].split(E)
    bq, bk, bv = w["self_attn.in_proj_bias"].split(E)
    q, k, v = x @ Wq.T + bq, x @ Wk.T + bk, x @ Wv.T + bv
    results = torch.empty_like(x)
    for h in range(heads):
        own = slice(h * d, (h + 1) * d)
        alpha = torch.softmax(q[:, own] @ k[:, own].T / d**0.5, dim=-1)
        results[:, own] = alpha @ v[:, own]
    z = normalised(x + results @ w["self_attn.out_proj.weight"].T + w["self_attn.out_proj.bias"])
    z = z * w["norm1.weight"] + w["norm1.bias"]
    inner = torch.clamp(z @ w["linear1.weight"].T + w["linear1.bias"], min=0)
    y = normalised(z + inner @ w["linear2.weight"].T + w["linear2.bias"])
    return y * w["norm2.weight"] + w["norm2.bias"]


def normalised(x):
    return (x - x.mean(1, keepdim=True)) / (x.var(1, correction=0, keepdim=True) + 1e-5).sqrt()


@alternative(part="block")
def by_einsum(x, w, heads):
    T, E = x.shape
    inside = linear(x, w["self_attn.in_proj_weight"], w["self_attn.in_proj_bias"]).view(T, 3, heads, E // heads)
    q, k, v = inside.unbind(dim=1)
    alpha = torch.einsum("thd,shd->hts", q, k).div((E / heads) ** 0.5).softmax(dim=-1)
    joined = torch.einsum("hts,shd->thd", alpha, v).reshape(T, E)
    x = layer_norm(x + linear(joined, w["self_attn.out_proj.weight"], w["self_attn.out_proj.bias"]), (E,), w["norm1.weight"], w["norm1.bias"], 1e-5)
    return layer_norm(x + feed(x, w), (E,), w["norm2.weight"], w["norm2.bias"], 1e-5)


@alternative(part="block")
def in_modules(x, w, heads):
    E = x.shape[1]
    norms = [nn.LayerNorm(E, dtype=x.dtype) for _ in range(2)]
    for norm, name in zip(norms, ("norm1", "norm2"), strict=True):
        norm.weight.data, norm.bias.data = w[f"{name}.weight"], w[f"{name}.bias"]
    with torch.no_grad():
        z = norms[0](x + attend(x, w, heads))
        return norms[1](z + feed(z, w))


edit_alternative("reshaped", part="block", of=attend, replace=("one.unflatten(1, (heads, -1)).transpose(0, 1)", "one.reshape(len(x), heads, -1).permute(1, 0, 2)"))
edit_alternative("transposed", part="block", of=attend, replace=("q @ k.mT / q.shape[2] ** 0.5", "q / q.shape[2] ** 0.5 @ k.transpose(1, 2)"))

edit(
    "scaled-by-the-whole",
    "Divides by $\\sqrt{E}$.",
    hint="A query of a head has only $E / \\text{heads}$ numbers.",
    part="block",
    of=attend,
    replace=("q.shape[2] ** 0.5", "x.shape[1] ** 0.5"),
)
edit(
    "not-scaled",
    "Does not scale the scores.",
    hint="The scores of a head are divided by the root of the size of its queries.",
    part="block",
    of=attend,
    replace=(" / q.shape[2] ** 0.5", ""),
)
edit(
    "heads-mixed-up",
    "Cuts the tokens up into heads without keeping them apart.",
    hint="Split the last axis, `(T, heads, E / heads)`, and then let the first two change places. A reshape to `(heads, T, E / heads)` puts numbers of different tokens together.",
    part="block",
    of=attend,
    replace=("one.unflatten(1, (heads, -1)).transpose(0, 1)", "one.reshape(heads, len(x), -1)"),
)
edit(
    "heads-mixed-up-twice",
    "Cuts the tokens up into heads without keeping them apart, and joins them the same way.",
    hint="Split the last axis, `(T, heads, E / heads)`, and then let the first two change places; afterwards the other way round. A reshape to `(heads, T, E / heads)` puts numbers of different tokens together.",
    part="block",
    of=attend,
    replace=[
        ("one.unflatten(1, (heads, -1)).transpose(0, 1)", "one.reshape(heads, len(x), -1)"),
        ("(weights @ v).transpose(0, 1).flatten(1)", "(weights @ v).reshape(x.shape)"),
    ],
)
edit(
    "heads-not-joined",
    "Puts the heads together in a wrong order.",
    hint="After the heads, `(heads, T, size)` has to become `(T, heads, size)` before two axes are joined.",
    part="block",
    of=attend,
    replace=("(weights @ v).transpose(0, 1).flatten(1)", "(weights @ v).reshape(x.shape)"),
)
edit(
    "numbers-dealt-out",
    "Deals the numbers out to the heads one by one.",
    hint="The first head has the first numbers, not every third one.",
    part="block",
    of=attend,
    replace=[("one.unflatten(1, (heads, -1)).transpose(0, 1)", "one.unflatten(1, (-1, heads)).permute(2, 0, 1)"), ("transpose(0, 1).flatten(1)", "permute(1, 2, 0).flatten(1)")],
)
edit(
    "norm-first",
    "Normalises before attention and network instead of afterwards.",
    hint="That is a common variant, `norm_first=True`. Here the normalisation comes after each addition.",
    part="block",
    replace=[
        ("z = layer_norm(x + attend(x, w, heads), E, w[\"norm1.weight\"], w[\"norm1.bias\"])", "z = x + attend(layer_norm(x, E, w[\"norm1.weight\"], w[\"norm1.bias\"]), w, heads)"),
        ("layer_norm(z + feed(z, w), E, w[\"norm2.weight\"], w[\"norm2.bias\"])", "z + feed(layer_norm(z, E, w[\"norm2.weight\"], w[\"norm2.bias\"]), w)"),
    ],
)  # fmt: skip
edit(
    "no-first-residual",
    "Leaves out the addition around the attention.",
    hint="$x$ is added to what the attention gives.",
    part="block",
    replace=("x + attend", "attend"),
)
edit(
    "no-second-residual",
    "Leaves out the addition around the small network.",
    hint="$z$ is added to what the small network gives.",
    part="block",
    replace=("z + feed", "feed"),
)
edit(
    "second-residual-from-x",
    "Adds $x$ after the small network, where $z$ belongs.",
    hint="What is added is what the small network was given.",
    part="block",
    replace=("z + feed", "x + feed"),
)
edit(
    "over-queries",
    "Takes the softmax over the queries.",
    hint="For each query the weights of all keys add up to 1.",
    part="block",
    of=attend,
    replace=("softmax(2)", "softmax(1)"),
)
edit(
    "over-heads",
    "Takes the softmax over the heads.",
    hint="For each query the weights of all keys add up to 1. Which axis are the keys?",
    part="block",
    of=attend,
    replace=("softmax(2)", "softmax(0)"),
)
edit(
    "keys-first",
    "Takes the keys for the queries, and the other way round.",
    hint="In `in_proj_weight` the rows of the queries come first, then those of the keys.",
    part="block",
    of=attend,
    replace=("q, k, v =", "k, q, v ="),
)
edit(
    "values-first",
    "Takes the first rows of `in_proj_weight` for the values.",
    hint="In `in_proj_weight` the order is queries, keys, values.",
    part="block",
    of=attend,
    replace=("q, k, v =", "v, k, q ="),
)
edit(
    "no-out-proj",
    "Leaves out the linear layer after the heads.",
    hint="What the heads give goes through `out_proj`.",
    part="block",
    of=attend,
    replace=('linear(joined, w["self_attn.out_proj.weight"], w["self_attn.out_proj.bias"])', "joined"),
)
edit(
    "no-activation",
    "Leaves out the ReLU of the small network.",
    hint="Two linear layers without anything between them are one.",
    part="block",
    of=feed,
    replace=(".relu()", ""),
)


@mistake(
    "over-tokens",
    "Normalises each coordinate over the tokens.",
    hint="Layer normalisation looks at one token at a time: mean and variance of its $E$ numbers.",
    part="block",
)
def over_tokens(x, w, heads):
    def norm(y, name):
        y = (y - y.mean(0)) / (y.var(0, correction=0) + 1e-5).sqrt()
        return y * w[f"{name}.weight"] + w[f"{name}.bias"]

    z = norm(x + attend(x, w, heads), "norm1")
    return norm(z + feed(z, w), "norm2")

edit(
    "masked",
    "Hides later tokens.",
    hint="Nothing is masked: every token sees all tokens.",
    of=attend,
    replace=("(q @ k.mT / q.shape[2] ** 0.5).softmax(2)", "(q @ k.mT / q.shape[2] ** 0.5 + x.new_full((len(x), len(x)), float(\"-inf\")).triu(1)).softmax(2)"),
)
edit(
    "first-norm-twice",
    "Takes the weights of the first normalisation for the second too.",
    hint="The second one has weights of its own, `norm2`.",
    replace=("w[\"norm2.weight\"], w[\"norm2.bias\"]", "w[\"norm1.weight\"], w[\"norm1.bias\"]"),
)
edit(
    "another-epsilon",
    "Normalises with another epsilon.",
    hint="It is 1e-5, the default of `layer_norm`.",
    replace=("w[\"norm2.weight\"], w[\"norm2.bias\"])", "w[\"norm2.weight\"], w[\"norm2.bias\"], 1e-3)"),
)
edit(
    "bias-left-out",
    "Leaves out a bias of the small network.",
    hint="Both of its linear layers have a bias.",
    of=feed,
    replace=("w[\"linear1.bias\"]", "None"),
)
