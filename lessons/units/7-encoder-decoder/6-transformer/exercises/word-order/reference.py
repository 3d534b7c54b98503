"""Waves of many lengths."""

import math

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake, plural


def positions(T, E):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, E, 2) / E)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)


@cases("positions")
def sizes(rng: Rng):
    for T, E in ((7, 6), (rng.integers(20, 40), 10), (1, 12), (13, 2), (50, 22), (6, 6)):
        yield case(T=T, E=E, label=f'{plural(T, "place")}, {plural(E, "number")}', atol=1e-4)


@alternative(part="positions")
def slices(T, E):
    place = torch.arange(T, dtype=torch.float32).unsqueeze(1)
    wave = torch.exp(torch.arange(0, E, 2).float() * (-math.log(10000.0) / E))
    table = torch.zeros(T, E)
    table[:, 0::2] = torch.sin(place * wave)
    table[:, 1::2] = torch.cos(place * wave)
    return table


@alternative(part="positions")
def entry_by_entry(T, E):
    table = torch.empty(T, E)
    for t in range(T):
        for k in range(E):
            angle = t / 10000 ** (2 * (k // 2) / E)
            table[t, k] = math.sin(angle) if k % 2 == 0 else math.cos(angle)
    return table


@alternative(part="positions")
def cosine_is_a_shifted_sine(T, E):
    column = torch.arange(E)
    angle = torch.arange(T).double()[:, None] / 10000.0 ** ((column - column % 2).double() / E)
    return torch.sin(angle + (column % 2) * math.pi / 2).float()


@alternative(part="positions")
def as_complex_numbers(T, E):
    angle = torch.outer(torch.arange(T).float(), 10000.0 ** -(torch.arange(E // 2) * 2 / E))
    turned = torch.view_as_real(torch.polar(torch.ones_like(angle), angle))
    return turned.flip(-1).reshape(T, E)


edit_alternative("reshaped", part="positions", replace=("flatten(1)", "reshape(T, E)"))

edit(
    "side-by-side",
    "Puts all the sines in front of all the cosines.",
    hint="Sines stand in the even columns, cosines in the odd ones.",
    part="positions",
    replace=("torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)", "torch.cat([angle.sin(), angle.cos()], dim=1)"),
)
edit(
    "cosine-first",
    "Puts cosines into the even columns.",
    hint="At place 0 the first number is $\\sin 0 = 0$.",
    part="positions",
    replace=("[angle.sin(), angle.cos()]", "[angle.cos(), angle.sin()]"),
)
edit(
    "half-the-exponent",
    "Has $i / E$ in the exponent.",
    hint="The exponent is $2i / E$, where $i$ counts the pairs.",
    part="positions",
    replace=("torch.arange(0, E, 2) / E", "torch.arange(E // 2) / E"),
)
edit(
    "from-one",
    "Counts places from 1.",
    hint="The first place is 0.",
    part="positions",
    replace=("torch.arange(T)[:, None]", "torch.arange(1, T + 1)[:, None]"),
)
edit(
    "multiplied",
    "Multiplies by the power of 10000.",
    hint="Later pairs have slower waves: the place is divided by a number that grows.",
    part="positions",
    replace=("[:, None] / 10000", "[:, None] * 10000"),
)


@mistake(
    "each-column-its-wave",
    "Gives each column a wave of its own.",
    hint="The two columns of a pair have the same angle. The exponent of column $2i + 1$ is $2i / E$, too.",
    part="positions",
)
def each_column_its_wave(T, E):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(E) / E)
    return torch.where(torch.arange(E) % 2 == 0, angle.sin(), angle.cos())
