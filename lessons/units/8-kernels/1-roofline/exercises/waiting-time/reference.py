"""A maximum of two times, a minimum of two speeds."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative


def time_of(mflop, megabytes, peak, bandwidth):
    return torch.maximum(mflop / peak, megabytes / bandwidth)


def reachable(intensity, peak, bandwidth):
    return torch.clamp(intensity * bandwidth, max=peak)


@cases("time")
def operations(rng: Rng):
    yield case(
        mflop=1 + 60 * rng.uniform(7), megabytes=0.1 + 3 * rng.uniform(7), peak=20.0, bandwidth=1.5, label="seven"
    )
    yield case(
        mflop=1 + 60 * rng.uniform(3, 5),
        megabytes=1 + 9 * rng.uniform(3, 5),
        peak=12.0,
        bandwidth=2.5,
        label="a table of operations",
    )
    yield case(mflop=torch.zeros(3), megabytes=1 + rng.uniform(3), peak=9.0, bandwidth=0.5, label="copies")
    yield case(mflop=50 + rng.uniform(5), megabytes=rng.uniform(5), peak=2.0, bandwidth=3.0, label="much to compute")


@alternative(part="time")
def by_where(mflop, megabytes, peak, bandwidth):
    waits = mflop / megabytes < peak / bandwidth
    return torch.where(waits, megabytes / bandwidth, mflop / peak)


edit_alternative(
    "stacked",
    part="time",
    replace=(
        "torch.maximum(mflop / peak, megabytes / bandwidth)",
        "torch.stack([mflop / peak, megabytes / bandwidth]).amax(0)",
    ),
)
edit_alternative("fmax", part="time", replace=("torch.maximum", "torch.fmax"))


@alternative(part="time")
def by_clamp(mflop, megabytes, peak, bandwidth):
    moving = megabytes / bandwidth
    return (mflop / peak).clamp(min=moving)


@alternative(part="time")
def by_absolute_value(mflop, megabytes, peak, bandwidth):
    computing, moving = mflop / peak, megabytes / bandwidth
    return (computing + moving + (computing - moving).abs()) / 2


edit(
    "added",
    "Adds the two times.",
    hint="Moving and computing go on at the same time. Which of the two is waited for?",
    part="time",
    replace=("torch.maximum(mflop / peak, megabytes / bandwidth)", "mflop / peak + megabytes / bandwidth"),
)
edit(
    "the-shorter",
    "Takes the shorter of the two times.",
    hint="The operation is over when both are done.",
    part="time",
    replace=("maximum", "minimum"),
)
edit(
    "only-arithmetic",
    "Leaves the memory out.",
    hint="Most operations wait for their numbers: bytes divided by bandwidth.",
    part="time",
    replace=("torch.maximum(mflop / peak, megabytes / bandwidth)", "mflop / peak"),
)
edit(
    "only-memory",
    "Leaves the arithmetic out.",
    hint="A large product has more to compute than to move.",
    part="time",
    replace=("torch.maximum(mflop / peak, megabytes / bandwidth)", "megabytes / bandwidth"),
)
edit(
    "speeds-swapped",
    "Divides the flops by the bandwidth and the bytes by the peak.",
    hint="The peak counts flops, the bandwidth bytes.",
    part="time",
    replace=[("mflop / peak", "mflop / bandwidth"), ("megabytes / bandwidth", "megabytes / peak")],
)


@cases("roof")
def intensities(rng: Rng):
    yield case(intensity=30 * rng.uniform(7), peak=20.0, bandwidth=1.5, label="seven operations")
    yield case(intensity=10 * rng.uniform(3, 5), peak=12.0, bandwidth=2.5, label="a table")
    yield case(
        intensity=torch.tensor([0.0, 1 / 12, 5.0, 500.0, 1.0, 60.0, 7.0]),
        peak=15.0,
        bandwidth=3.0,
        label="from one end to the other",
    )


@alternative(part="roof")
def compared(intensity, peak, bandwidth):
    return torch.where(intensity * bandwidth < peak, intensity * bandwidth, torch.full_like(intensity, peak))


edit_alternative(
    "minimum",
    part="roof",
    replace=(
        "torch.clamp(intensity * bandwidth, max=peak)",
        "torch.minimum(intensity * bandwidth, torch.tensor(peak))",
    ),
)
edit_alternative(
    "method",
    part="roof",
    replace=("torch.clamp(intensity * bandwidth, max=peak)", "(bandwidth * intensity).clamp_max(peak)"),
)


@alternative(part="roof")
def up_to_the_ridge(intensity, peak, bandwidth):
    return torch.clamp(intensity, max=peak / bandwidth) * bandwidth


@alternative(part="roof")
def in_place(intensity, peak, bandwidth):
    speed = intensity * bandwidth
    speed[speed > peak] = peak
    return speed


edit(
    "no-roof",
    "Lets the line rise for ever.",
    hint="Nothing is faster than the peak.",
    part="roof",
    replace=("torch.clamp(intensity * bandwidth, max=peak)", "intensity * bandwidth"),
)
edit(
    "a-floor",
    "Takes the larger of the two speeds.",
    hint="What limits is the *slower* of the two: a minimum.",
    part="roof",
    replace=("max=peak", "min=peak"),
)
edit(
    "divided",
    "Divides the intensity by the bandwidth.",
    hint="More bytes a second bring more flops a second.",
    part="roof",
    replace=("intensity * bandwidth", "intensity / bandwidth"),
)
edit(
    "ridge-as-roof",
    "Takes the ridge for the roof.",
    hint="The ridge is an intensity, in flop/byte; the roof is a speed, the peak.",
    part="roof",
    replace=("max=peak", "max=peak / bandwidth"),
)
