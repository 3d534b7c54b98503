"""Diagnoses of place: the right numbers somewhere else, or only some of them."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from grader.judge.findings.value_pair import ValuePair, alike, rule, varied, wide


@rule("all-zero", "Every value is zero.", "Is what you compute ever written into the result?")
def all_zero(pair: ValuePair) -> str | None:
    if pair.got.numel() and not bool((pair.got != 0).any()) and bool((pair.expected != 0).any()):
        return "Every value is zero."
    return None


def _one_value(value: torch.Tensor) -> bool:
    """Whether a tensor holds one number again and again; nan and infinities are none."""
    return bool(torch.isfinite(wide(value)).all()) and not varied(value)


@rule("all-equal", "Every value is the same.", "Something that should differ from element to element does not.")
def all_equal(pair: ValuePair) -> str | None:
    if pair.same_shape and pair.got.numel() > 2 and _one_value(pair.got) and varied(pair.expected):
        return "Every value is the same."
    return None


@rule("input-returned", "An input comes back unchanged.", "Is the result of your computation what you return?")
def input_returned(pair: ValuePair) -> str | None:
    for one in pair.inputs:
        if one.shape == pair.got.shape and varied(one) and alike(pair.got, one) and not alike(pair.expected, one):
            return "This is one of the inputs, unchanged."
    return None


@rule("sign-lost", "The right values without their signs.", "Where does abs, a square or a norm lose the sign?")
def sign_lost(pair: ValuePair) -> str | None:
    if not pair.same_shape or pair.expected.is_complex() or not bool((pair.expected < 0).any()):
        return None
    return "The values are right but for their signs, which are lost." if alike(pair.got, pair.expected.abs()) else None


@rule("reversed", "The right values in reverse order along a dimension.", "At which end do you begin?")
def reverse(pair: ValuePair) -> str | None:
    if not pair.same_shape or not varied(pair.expected):
        return None
    for dim in range(pair.got.dim()):
        if alike(pair.got.flip(dim), pair.expected):
            return f"The values are right, in reverse order along dimension {dim}."
    return None


@rule(
    "shifted",
    "The right values, a place too early or too late.",
    "Off by one: where do you begin, and where do you stop?",
    smallest=4,
)
def shifted(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if not pair.same_shape:
        return None
    for dim in range(got.dim()):
        size = got.shape[dim]
        for by in (1, 2):
            if size < by + 3:
                continue
            late, early = got.narrow(dim, by, size - by), got.narrow(dim, 0, size - by)
            if varied(expected) and alike(late, expected.narrow(dim, 0, size - by)):
                return f"The values come {by} too late along dimension {dim}."
            if varied(expected) and alike(early, expected.narrow(dim, by, size - by)):
                return f"The values come {by} too early along dimension {dim}."
    return None


@rule(
    "off-by-one",
    "One element too many or too few along a dimension; the others are right.",
    "Is the end included or not?",
    "shape",
)
def off_by_one(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if got.dim() != expected.dim():
        return None
    other = [d for d in range(got.dim()) if got.shape[d] != expected.shape[d]]
    if len(other) != 1:
        return None
    dim = other[0]
    more = got.shape[dim] - expected.shape[dim]
    if abs(more) != 1 or min(got.shape[dim], expected.shape[dim]) < 4:  # of three, one is a part rather than an end
        return None
    longer, shorter = (got, expected) if more > 0 else (expected, got)
    size = shorter.shape[dim]
    if any(alike(longer.narrow(dim, start, size), shorter) for start in (0, 1)):
        return f"One element too {'many' if more > 0 else 'few'} along dimension {dim}; the others are right."
    return None


@rule(
    "clipped",
    "The right values, cut off at a bound.",
    "Is there a clamp, a ReLU or a maximum that does not belong there?",
    smallest=5,
)
def clipped(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if not pair.same_shape or got.is_complex() or got.dtype == torch.bool or not varied(got):
        return None
    low, high = wide(got).min(), wide(got).max()
    right = wide(expected)
    kept = ((right > low) & (right < high)).sum()
    if int(kept) >= 2 and alike(wide(got), right.clamp(low, high)) and not alike(wide(got), right):
        below, above = bool((right < low).any()), bool((right > high).any())
        bounds = [f"below {float(low):.6g}"] * below + [f"above {float(high):.6g}"] * above
        return f"The values are right, but cut off {' and '.join(bounds)}."
    return None


@rule("other-order", "The right values in another order.", "Are the values paired with the right places?", smallest=4)
def other_order(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if not pair.same_shape or got.is_complex() or expected.is_complex():
        return None
    if varied(expected) and alike(wide(got).reshape(-1).sort().values, wide(expected).reshape(-1).sort().values):
        return "These are the right values in another order."
    return None


def _convolve(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    convolve = torch.nn.functional.conv1d if kernel.dim() == 1 else torch.nn.functional.conv2d
    return convolve(wide(image)[None, None], wide(kernel)[None, None])[0, 0]


def _convolved(pair: ValuePair) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Pairs of inputs that can be an image and its kernel, the kernel no larger than the image."""
    for image in pair.inputs:
        for kernel in pair.inputs:
            if kernel is image or kernel.dim() not in (1, 2) or image.dim() != kernel.dim() or image.is_complex():
                continue
            if all(k <= i for k, i in zip(kernel.shape, image.shape, strict=True)) and image.numel() <= 10_000:
                yield image, kernel


@rule(
    "one-sided-padding",
    "A convolution whose zeros are all on one side.",
    "How many zeros belong before the first element, and how many after the last?",
)
def one_sided_padding(pair: ValuePair) -> str | None:
    if not pair.same_shape:
        return None
    for image, kernel in _convolved(pair):
        total = [o - i + k - 1 for o, i, k in zip(pair.got.shape, image.shape, kernel.shape, strict=False)]
        if len(total) != pair.got.dim() or pair.got.dim() != image.dim() or max(total) < 1 or min(total) < 0:
            continue
        # from the last dimension to the first, as pad wants them
        both = [n for size in reversed(total) for n in (size // 2, size - size // 2)]
        before = [n for size in reversed(total) for n in (size, 0)]
        after = [n for size in reversed(total) for n in (0, size)]
        right, *wrong = (_convolve(torch.nn.functional.pad(image, one), kernel) for one in (both, before, after))
        if not alike(wide(pair.expected), right):
            continue
        for padded, side in zip(wrong, ("before the first element", "after the last element"), strict=True):
            if alike(wide(pair.got), padded):
                return f"All the zeros of the padding are {side}; they belong on both sides."
    return None


@rule(
    "kernel-flipped",
    "A convolution where a cross-correlation was wanted, or the other way round.",
    "Deep learning's convolution does not flip the kernel.",
)
def kernel_flipped(pair: ValuePair) -> str | None:
    for image, kernel in _convolved(pair):
        plain = _convolve(image, kernel)
        flipped = _convolve(image, kernel.flip(*range(kernel.dim())))
        if alike(wide(pair.expected), plain) and alike(wide(pair.got), flipped):
            return "The kernel is flipped: this is a convolution in the mathematicians' sense."
        if alike(wide(pair.expected), flipped) and alike(wide(pair.got), plain):
            return "The kernel is not flipped: this is a cross-correlation."
    return None


RULES = (
    all_zero,
    all_equal,
    input_returned,
    sign_lost,
    reverse,
    one_sided_padding,
    shifted,
    off_by_one,
    clipped,
    kernel_flipped,
    other_order,
)
