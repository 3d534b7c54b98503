"""Three versions of dropout. What is random is judged by shares, within six standard deviations of what chance does."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, script


class PlainDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X
        stays = torch.rand_like(X) >= self.drop_rate
        return X * stays


class Dropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X * (1 - self.drop_rate)
        stays = torch.rand_like(X) >= self.drop_rate
        return X * stays


class InvertedDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X
        stays = torch.rand_like(X) >= self.drop_rate
        return X * stays / (1 - self.drop_rate)


def away_from_zero(rng, *size, dtype=None):
    signs = 2 * rng.integers(0, 2, *size) - 1
    return (signs * rng.uniform(*size, low=0.5, high=2.0, dtype=torch.float64)).to(dtype or torch.float32)


DROPS, DEFAULT, RATES = "in both modes", "no drop_rate given", "rates that are none"
PASSES, MANY = 6, (61, 83)
"""So many passes of so many entries drop the same number in each less than once in 10^9 times."""


def lives(rng, name):
    p, size = rng.choice((0.2, 0.3, 0.7, 0.8)), (5, 37, 29)
    dtype = rng.choice((torch.float32, torch.float64))
    factor = 1 / (1 - p) if name == "InvertedDropout" else 1.0
    x, cotangent, row = (away_from_zero(rng, *one, dtype=dtype) for one in (size, size, (7, 5)))
    s = script(DROPS, p=p, x=x, cotangent=cotangent, factor=factor, row=row, rtol=1e-6)
    layer = s.new(name, p)
    made = s.call(layer, x, label="first", wrt=[0], compare=False)
    s.backward(cotangent, of=made)
    s.grads(made, label="gradient", compare=False)
    s.call(layer, x, label="second", compare=False)
    s.eval(layer)
    s.call(layer, row, label="in prediction mode")
    s.train(layer)
    s.call(layer, x, label="third", compare=False)
    other, many = s.new(name, p), away_from_zero(rng, *MANY)
    for number in range(PASSES):
        s.call(other, many, label=f"again, {number}", compare=False)
    yield s

    s = script(DEFAULT)
    layer = s.new(name)
    s.call(layer, away_from_zero(rng, *MANY), label="first", compare=False)
    s.eval(layer)
    s.call(layer, away_from_zero(rng, 11), label="in prediction mode")
    yield s

    if name == "PlainDropout":  # the first use of the device costs more than all the rest
        s = script("on another device")
        layer = s.new(name, 0.3)
        s.call(fixture("elsewhere"), layer, 7, 5, label="device and size")
        s.observe(layer, "parameters", "loose", label="what it holds")
        yield s

    s = script(RATES, rates=True)
    for rate in (0.0, 1.0, -0.1, 1.5):
        s.call(name, rate, label=f"drop_rate {rate}", raises=AssertionError, compare=False)
    yield s


@cases("plain")
def plain_lives(rng: Rng):
    yield from lives(rng, "PlainDropout")


@cases("scaled")
def scaled_lives(rng: Rng):
    yield from lives(rng, "Dropout")


@cases("inverted")
def inverted_lives(rng: Rng):
    yield from lives(rng, "InvertedDropout")


# --- what chance may do -------------------------------------------------------------------------------------------


def off(share, expected, n):
    """Whether a share of n independent events is more than six standard deviations away."""
    return abs(share - expected) > 6 * (expected * (1 - expected) / n) ** 0.5


def randomly(inputs):
    return "p" in inputs


def usable(got, inputs):
    return all(
        isinstance(got[one], torch.Tensor) and got[one].shape == inputs["x"].shape
        for one in ("first", "second", "third")
    )


SIZE = Finding("In training mode the output does not have the size of the input.", name="other-size")


def zeros(got):
    """How many of the three outputs in training mode have zeros."""
    return sum(
        isinstance(got[one], torch.Tensor) and bool((got[one] == 0).any()) for one in ("first", "second", "third")
    )


def ratio(got, inputs):
    """By what the entries that stay are multiplied in training mode; None where there is no one factor."""
    if not randomly(inputs) or not usable(got, inputs):
        return None
    found = (got["first"] / inputs["x"])[got["first"] != 0].double()
    return found.mean().item() if len(found) and bool((found - found.mean()).abs().max() < 1e-4) else None


def predicted(got, inputs):
    """By what an entry is multiplied in prediction mode."""
    out = got.get("in prediction mode")
    if not randomly(inputs) or not isinstance(out, torch.Tensor) or out.shape != inputs["row"].shape:
        return None
    found = (out / inputs["row"]).double()
    return found.mean().item() if bool((found - found.mean()).abs().max() < 1e-4) else None


def near(value, wanted):
    return value is not None and abs(value - wanted) < 1e-4


def taken(got):
    """Which of the rates that are none a layer was made for."""
    return [one for one in (0.0, 1.0, -0.1, 1.5) if got.get(f"drop_rate {one}") is not None]


def stays_as(got, inputs):
    if not usable(got, inputs):
        return SIZE
    wanted, factor = inputs["x"], inputs["factor"]
    for one in ("first", "second", "third"):
        out = got[one]
        if out.dtype != wanted.dtype:
            return Finding(
                "The output has another dtype than the input.",
                name="other-dtype",
                expected=str(wanted.dtype),
                got=str(out.dtype),
            )
        kept = out != 0
        if not torch.allclose(out[kept], (wanted * factor)[kept], rtol=1e-5):
            ratio = (out[kept] / wanted[kept]).double()
            same = bool((ratio - ratio.mean()).abs().max() < 1e-4)
            found = f"{ratio.mean():.4g} times the input" if same else "no multiple of the input"
            hint = "By what is an entry that stays multiplied? Look at the table."
            return Finding(
                f"What stays is {found} in training mode.",
                name="strength",
                expected=f"{factor:.4g} times the input",
                got=found,
                hint=hint,
            )
    return None


def share_of_zeros(got, inputs):
    if not usable(got, inputs):
        return SIZE
    p, n = inputs["p"], inputs["x"].numel()
    for one in ("first", "second", "third"):
        share = (got[one] == 0).double().mean().item()
        if off(share, p, n):
            hint = "An entry is dropped with the probability p, so it stays with the probability 1 - p."
            return Finding(
                f"{share:.1%} of the entries are dropped in training mode, with drop_rate {p:g}.", name="share", expected=f"{p:g}", got=f"{share:.3f}", hint=hint
            )
    return None


def half(got):
    out = got["first"]
    if not isinstance(out, torch.Tensor) or tuple(out.shape) != MANY:
        return SIZE
    share = (out == 0).double().mean().item()
    if off(share, 0.5, out.numel()):
        hint = "What is `drop_rate` if nobody says it?"
        return Finding(f"{share:.1%} are dropped where no rate is given.", name="default", expected="0.5", got=f"{share:.3f}", hint=hint)
    return None


def agreement(got, inputs):
    if not usable(got, inputs):
        return SIZE
    p = inputs["p"]
    alike = p * p + (1 - p) ** 2
    masks = {one: got[one] != 0 for one in ("first", "second", "third")}
    first = masks["first"]
    anew, each = "Draw new numbers in every forward pass.", "Every entry is dropped by itself: draw a number for each."
    passes = [got[f"again, {number}"] for number in range(PASSES)]
    if any(not isinstance(one, torch.Tensor) or tuple(one.shape) != MANY for one in passes):
        return SIZE
    pairs = [
        ("neighbours in the first dimension", first[1:], first[:-1], each),
        ("neighbours in the last dimension", first[..., 1:], first[..., :-1], each),
        ("two forward passes", first, masks["second"], anew),
        ("two forward passes", first, masks["third"], anew),
    ]
    for what, a, b, hint in pairs:
        share = (a == b).double().mean().item()
        if off(share, alike, a.numel() / 4):  # neighbours overlap, so that they vary more
            name = "one-mask" if "passes" in what else "not-independent"
            return Finding(
                f"The masks of {what} agree in {share:.1%} of the entries; by chance it would be {alike:.1%}.",
                name=name,
                expected=f"{alike:.3f}",
                got=f"{share:.3f}",
                hint=hint,
            )
    if len({int((one == 0).sum()) for one in passes}) == 1:
        return Finding("Exactly the same number of entries is dropped in each of several forward passes.", name="same-number", hint=each)
    return None


def derivatives(got, inputs):
    if not usable(got, inputs):
        return SIZE
    right = inputs["cotangent"] * (got["first"] != 0) * inputs["factor"]
    found = got["gradient"][0] if isinstance(got["gradient"], list) and got["gradient"] else None
    if isinstance(found, torch.Tensor) and found.shape == right.shape and torch.allclose(found, right, rtol=1e-5):
        return None
    hint = "Multiply by the mask, without detaching anything; autograd does the rest."
    return Finding(
        "The derivatives do not flow through the entries that stayed, and only these.", name="derivatives", hint=hint
    )


@check("what stays has the right strength", part="plain", only=DROPS)
def plain_stays(got, ref, inputs):
    return stays_as(got, inputs)


@check("masks are independent", part="plain", only=DROPS)
def plain_independent(got, ref, inputs):
    return agreement(got, inputs)


@check("a half is dropped unless another rate is given", part="plain", only=DEFAULT)
def plain_default(got, ref, inputs):
    return half(got)


@check("the share of zeros", part="plain", only=DROPS, weight=4)
def plain_share(got, ref, inputs):
    return share_of_zeros(got, inputs)


@check("derivatives flow where an entry stays", part="plain", only=DROPS)
def plain_flows(got, ref, inputs):
    return derivatives(got, inputs)


@check("what stays has the right strength", part="scaled", only=DROPS)
def scaled_stays(got, ref, inputs):
    return stays_as(got, inputs)


@check("masks are independent", part="scaled", only=DROPS)
def scaled_independent(got, ref, inputs):
    return agreement(got, inputs)


@check("a half is dropped unless another rate is given", part="scaled", only=DEFAULT)
def scaled_default(got, ref, inputs):
    return half(got)


@check("the share of zeros", part="scaled", only=DROPS, weight=4)
def scaled_share(got, ref, inputs):
    return share_of_zeros(got, inputs)


@check("derivatives flow where an entry stays", part="scaled", only=DROPS)
def scaled_flows(got, ref, inputs):
    return derivatives(got, inputs)


@check("what stays has the right strength", part="inverted", only=DROPS)
def inverted_stays(got, ref, inputs):
    return stays_as(got, inputs)


@check("masks are independent", part="inverted", only=DROPS)
def inverted_independent(got, ref, inputs):
    return agreement(got, inputs)


@check("a half is dropped unless another rate is given", part="inverted", only=DEFAULT)
def inverted_default(got, ref, inputs):
    return half(got)


@check("the share of zeros", part="inverted", only=DROPS, weight=4)
def inverted_share(got, ref, inputs):
    return share_of_zeros(got, inputs)


@check("derivatives flow where an entry stays", part="inverted", only=DROPS)
def inverted_flows(got, ref, inputs):
    return derivatives(got, inputs)


# --- right and wrong ones, for each of the three ------------------------------------------------------------------


@alternative(part="plain")
class PlainDropoutByBernoulli(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        if not 0 < drop_rate < 1:
            raise AssertionError("between 0 and 1")
        self.keep = 1 - drop_rate

    def forward(self, X):
        if self.training:
            return X * torch.empty_like(X).bernoulli_(self.keep)
        return X


edit_alternative(
    "where", part="plain", replace=("return X * stays", "return torch.where(stays, X, torch.zeros_like(X))")
)
edit_alternative("masked-fill", part="plain", replace=("return X * stays", "return X.masked_fill(~stays, 0)"))
edit_alternative("on-the-device", part="plain", replace=("torch.rand_like(X)", "torch.rand(X.shape, device=X.device)"))
edit_alternative("full-probability", part="plain", replace=(
    "torch.rand_like(X) >= self.drop_rate", "torch.bernoulli(torch.full_like(X, 1 - self.drop_rate)).bool()"
))  # fmt: skip

edit(
    "keeps-with-p",
    "Keeps an entry with the probability p.",
    hint="An entry is dropped with the probability p, so it stays with the probability 1 - p.",
    part="plain",
    replace=(">= self.drop_rate", "< self.drop_rate"),
    when=lambda got, ref, inputs: randomly(inputs) and not off((got["first"] == 0).double().mean().item(), 1 - inputs["p"], got["first"].numel()),
)
edit(
    "always-random",
    "Drops in prediction mode too.",
    hint="A prediction must be the same each time. Ask `self.training`.",
    part="plain",
    replace=("if not self.training:", "if False:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 3 and bool((got["in prediction mode"] == 0).any()),
)
edit(
    "never-drops",
    "Drops in prediction mode instead of training mode, or never.",
    hint="In training mode `self.training` is True.",
    part="plain",
    replace=("if not self.training:", "if self.training:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 0,
)
edit(
    "cpu-mask",
    "Draws the mask on the CPU, wherever the input lies.",
    hint="`torch.rand_like(X)` makes its numbers where X lies, in X's size and dtype.",
    part="plain",
    replace=("torch.rand_like(X)", "torch.rand(X.shape)"),
    when=lambda got, ref, inputs: "not on the expected device" in inputs["raised"],
)
edit(
    "same-for-all-samples",
    "Drops the same entries of every sample.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="plain",
    replace=("torch.rand_like(X)", "torch.rand_like(X[:1])"),
    when=lambda got, ref, inputs: randomly(inputs) and bool(((got["first"] == 0) == (got["first"][:1] == 0)).all()),
)
edit(
    "whole-samples",
    "Drops whole samples.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="plain",
    replace=("torch.rand_like(X)", "torch.rand_like(X[..., :1])"),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["first"][..., :1] == 0)).all())
    ),
)
edit(
    "any-rate",
    "Takes any rate.",
    hint="`assert 0 < drop_rate < 1` in the constructor.",
    part="plain",
    replace=("        assert 0 < drop_rate < 1\n", ""),
    when=lambda got, ref, inputs: "rates" in inputs and len(taken(got)) == 4,
)
edit(
    "edges-allowed",
    "Allows the rates 0 and 1.",
    hint="Both ends are excluded: `assert 0 < drop_rate < 1`.",
    part="plain",
    replace=("0 < drop_rate < 1", "0 <= drop_rate <= 1"),
    when=lambda got, ref, inputs: "rates" in inputs and taken(got) == [0.0, 1.0],
)
edit(
    "one-mask",
    "Draws one mask, and keeps it for ever.",
    hint="Draw new numbers in every forward pass.",
    part="plain",
    replace=(
        "stays = torch.rand_like(X) >= self.drop_rate",
        'stays = self.__dict__.setdefault("mask", torch.rand_like(X) >= self.drop_rate)',
    ),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["second"] == 0)).all()) and zeros(got) == 3
    ),
)


@alternative(part="scaled")
class DropoutByBernoulli(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        if not 0 < drop_rate < 1:
            raise AssertionError("between 0 and 1")
        self.keep = 1 - drop_rate

    def forward(self, X):
        if self.training:
            return X * torch.empty_like(X).bernoulli_(self.keep)
        return self.keep * X


edit_alternative(
    "where", part="scaled", replace=("return X * stays", "return torch.where(stays, X, torch.zeros_like(X))")
)
edit_alternative("masked-fill", part="scaled", replace=("return X * stays", "return X.masked_fill(~stays, 0)"))
edit_alternative("on-the-device", part="scaled", replace=("torch.rand_like(X)", "torch.rand(X.shape, device=X.device)"))
edit_alternative("full-probability", part="scaled", replace=(
    "torch.rand_like(X) >= self.drop_rate", "torch.bernoulli(torch.full_like(X, 1 - self.drop_rate)).bool()"
))  # fmt: skip

edit(
    "keeps-with-p",
    "Keeps an entry with the probability p.",
    hint="An entry is dropped with the probability p, so it stays with the probability 1 - p.",
    part="scaled",
    replace=(">= self.drop_rate", "< self.drop_rate"),
    when=lambda got, ref, inputs: randomly(inputs) and not off((got["first"] == 0).double().mean().item(), 1 - inputs["p"], got["first"].numel()),
)
edit(
    "always-random",
    "Drops in prediction mode too.",
    hint="A prediction must be the same each time. Ask `self.training`.",
    part="scaled",
    replace=("if not self.training:", "if False:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 3 and bool((got["in prediction mode"] == 0).any()),
)
edit(
    "never-drops",
    "Drops in prediction mode instead of training mode, or never.",
    hint="In training mode `self.training` is True.",
    part="scaled",
    replace=("if not self.training:", "if self.training:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 0,
)
edit(
    "same-for-all-samples",
    "Drops the same entries of every sample.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="scaled",
    replace=("torch.rand_like(X)", "torch.rand_like(X[:1])"),
    when=lambda got, ref, inputs: randomly(inputs) and bool(((got["first"] == 0) == (got["first"][:1] == 0)).all()),
)
edit(
    "whole-samples",
    "Drops whole samples.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="scaled",
    replace=("torch.rand_like(X)", "torch.rand_like(X[..., :1])"),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["first"][..., :1] == 0)).all())
    ),
)
edit(
    "any-rate",
    "Takes any rate.",
    hint="`assert 0 < drop_rate < 1` in the constructor.",
    part="scaled",
    replace=("        assert 0 < drop_rate < 1\n", ""),
    when=lambda got, ref, inputs: "rates" in inputs and len(taken(got)) == 4,
)
edit(
    "edges-allowed",
    "Allows the rates 0 and 1.",
    hint="Both ends are excluded: `assert 0 < drop_rate < 1`.",
    part="scaled",
    replace=("0 < drop_rate < 1", "0 <= drop_rate <= 1"),
    when=lambda got, ref, inputs: "rates" in inputs and taken(got) == [0.0, 1.0],
)
edit(
    "one-mask",
    "Draws one mask, and keeps it for ever.",
    hint="Draw new numbers in every forward pass.",
    part="scaled",
    replace=(
        "stays = torch.rand_like(X) >= self.drop_rate",
        'stays = self.__dict__.setdefault("mask", torch.rand_like(X) >= self.drop_rate)',
    ),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["second"] == 0)).all()) and zeros(got) == 3
    ),
)
edit(
    "not-scaled",
    "Leaves the signal at full strength in prediction mode.",
    hint="The next layer was trained for the average strength. What is left of x on average?",
    part="scaled",
    replace=("X * (1 - self.drop_rate)", "X"),
    when=lambda got, ref, inputs: near(predicted(got, inputs), 1),
)
edit(
    "scaled-by-p",
    "Multiplies by p in prediction mode.",
    hint="An entry stays with the probability 1 - p. What is its average?",
    part="scaled",
    replace=("X * (1 - self.drop_rate)", "X * self.drop_rate"),
    when=lambda got, ref, inputs: randomly(inputs) and near(predicted(got, inputs), inputs["p"]),
)
edit(
    "scaled-twice",
    "Scales in training mode too.",
    hint="In training the entries that stay are as they were. Only the prediction is made weaker.",
    part="scaled",
    replace=("return X * stays", "return X * stays * (1 - self.drop_rate)"),
    when=lambda got, ref, inputs: randomly(inputs) and near(ratio(got, inputs), 1 - inputs["p"]),
)


@alternative(part="inverted")
class InvertedDropoutByBernoulli(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        if not 0 < drop_rate < 1:
            raise AssertionError("between 0 and 1")
        self.keep = 1 - drop_rate

    def forward(self, X):
        if self.training:
            return X * torch.empty_like(X).bernoulli_(self.keep).div(self.keep)
        return X


edit_alternative(
    "where",
    part="inverted",
    replace=(
        "return X * stays / (1 - self.drop_rate)",
        "return torch.where(stays, X, torch.zeros_like(X)) / (1 - self.drop_rate)",
    ),
)
edit_alternative(
    "masked-fill",
    part="inverted",
    replace=("return X * stays / (1 - self.drop_rate)", "return X.masked_fill(~stays, 0) / (1 - self.drop_rate)"),
)
edit_alternative(
    "on-the-device", part="inverted", replace=("torch.rand_like(X)", "torch.rand(X.shape, device=X.device)")
)
edit_alternative("full-probability", part="inverted", replace=(
    "torch.rand_like(X) >= self.drop_rate", "torch.bernoulli(torch.full_like(X, 1 - self.drop_rate)).bool()"
))  # fmt: skip

edit(
    "keeps-with-p",
    "Keeps an entry with the probability p.",
    hint="An entry is dropped with the probability p, so it stays with the probability 1 - p.",
    part="inverted",
    replace=(">= self.drop_rate", "< self.drop_rate"),
    when=lambda got, ref, inputs: randomly(inputs) and not off((got["first"] == 0).double().mean().item(), 1 - inputs["p"], got["first"].numel()),
)
edit(
    "always-random",
    "Drops in prediction mode too.",
    hint="A prediction must be the same each time. Ask `self.training`.",
    part="inverted",
    replace=("if not self.training:", "if False:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 3 and bool((got["in prediction mode"] == 0).any()),
)
edit(
    "never-drops",
    "Drops in prediction mode instead of training mode, or never.",
    hint="In training mode `self.training` is True.",
    part="inverted",
    replace=("if not self.training:", "if self.training:"),
    when=lambda got, ref, inputs: randomly(inputs) and zeros(got) == 0,
)
edit(
    "same-for-all-samples",
    "Drops the same entries of every sample.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="inverted",
    replace=("torch.rand_like(X)", "torch.rand_like(X[:1])"),
    when=lambda got, ref, inputs: randomly(inputs) and bool(((got["first"] == 0) == (got["first"][:1] == 0)).all()),
)
edit(
    "whole-samples",
    "Drops whole samples.",
    hint="Every entry is dropped by itself: draw a number for each.",
    part="inverted",
    replace=("torch.rand_like(X)", "torch.rand_like(X[..., :1])"),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["first"][..., :1] == 0)).all())
    ),
)
edit(
    "any-rate",
    "Takes any rate.",
    hint="`assert 0 < drop_rate < 1` in the constructor.",
    part="inverted",
    replace=("        assert 0 < drop_rate < 1\n", ""),
    when=lambda got, ref, inputs: "rates" in inputs and len(taken(got)) == 4,
)
edit(
    "edges-allowed",
    "Allows the rates 0 and 1.",
    hint="Both ends are excluded: `assert 0 < drop_rate < 1`.",
    part="inverted",
    replace=("0 < drop_rate < 1", "0 <= drop_rate <= 1"),
    when=lambda got, ref, inputs: "rates" in inputs and taken(got) == [0.0, 1.0],
)
edit(
    "one-mask",
    "Draws one mask, and keeps it for ever.",
    hint="Draw new numbers in every forward pass.",
    part="inverted",
    replace=(
        "stays = torch.rand_like(X) >= self.drop_rate",
        'stays = self.__dict__.setdefault("mask", torch.rand_like(X) >= self.drop_rate)',
    ),
    when=lambda got, ref, inputs: (
        randomly(inputs) and bool(((got["first"] == 0) == (got["second"] == 0)).all()) and zeros(got) == 3
    ),
)
edit(
    "divided-by-p",
    "Divides by p.",
    hint="Check it for a p close to 0: nearly nothing is dropped, so nearly nothing is to be made up for.",
    part="inverted",
    replace=("X * stays / (1 - self.drop_rate)", "X * stays / self.drop_rate"),
    when=lambda got, ref, inputs: randomly(inputs) and near(ratio(got, inputs), 1 / inputs["p"]),
)
edit(
    "multiplied",
    "Makes what stays weaker instead of stronger.",
    hint="Something was lost. To make up for it, divide by the probability with which an entry stays.",
    part="inverted",
    replace=("X * stays / (1 - self.drop_rate)", "X * stays * (1 - self.drop_rate)"),
    when=lambda got, ref, inputs: randomly(inputs) and near(ratio(got, inputs), 1 - inputs["p"]),
)
edit(
    "scaled-in-prediction",
    "Scales in prediction mode too.",
    hint="The average is right in training already. Prediction does nothing at all.",
    part="inverted",
    replace=("            return X\n", "            return X * (1 - self.drop_rate)\n"),
    when=lambda got, ref, inputs: randomly(inputs) and near(predicted(got, inputs), 1 - inputs["p"]),
)
edit(
    "not-divided",
    "Leaves what stays as it is.",
    hint="In training mode what stays is divided by 1 - p.",
    part="inverted",
    replace=("X * stays / (1 - self.drop_rate)", "X * stays"),
    when=lambda got, ref, inputs: near(ratio(got, inputs), 1),
)
