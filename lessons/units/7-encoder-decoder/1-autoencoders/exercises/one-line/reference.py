"""Both outputs depend on one number, so one of them is a linear function of the other."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative


def line(W_enc, b_enc, W_dec, b_dec):
    (c0, c1), (d0, d1) = W_dec.flatten(), b_dec
    return c1 / c0, d1 - c1 / c0 * d0


def single(value):
    """Slope and intercept as tensors without dimensions, in whichever form two numbers come."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return value
    return tuple(torch.tensor(float(one), dtype=torch.float64) if isinstance(one, float | int) else flat(one) for one in value)


def flat(one):
    return one.detach().reshape(()) if isinstance(one, torch.Tensor) and one.numel() == 1 else one


@cases("line")
def layers(rng: Rng):
    for label in ("random parameters", "other parameters", "once more"):
        c = rng.uniform(2, 1, low=0.4, high=2.0, dtype=torch.float64) * (2 * rng.integers(0, 2, 2, 1) - 1)
        yield case(
            W_enc=rng.normal(1, 2, dtype=torch.float64), b_enc=rng.normal(1, dtype=torch.float64), W_dec=c,
            b_dec=rng.normal(2, dtype=torch.float64, std=3.0), label=label, rtol=1e-8, canonical=single,
        )  # fmt: skip


@alternative(part="line")
def by_two_codes(W_enc, b_enc, W_dec, b_dec):
    first, second = ((W_dec @ torch.tensor([[z]], dtype=W_dec.dtype)).squeeze(1) + b_dec for z in (0.0, 1.0))
    slope = (second[1] - first[1]) / (second[0] - first[0])
    return slope, first[1] - slope * first[0]


@alternative(part="line")
def by_two_points(W_enc, b_enc, W_dec, b_dec):
    X = torch.cat([W_enc, 2 * W_enc])
    Y = (X @ W_enc.T + b_enc) @ W_dec.T + b_dec
    A = torch.stack([Y[:, 0], torch.ones(2, dtype=Y.dtype)], dim=1)
    slope, intercept = torch.linalg.solve(A, Y[:, 1])
    return slope, intercept


@alternative(part="line")
def where_the_first_is_zero(W_enc, b_enc, W_dec, b_dec):
    z = -b_dec[0] / W_dec[0, 0]
    return (W_dec[1] / W_dec[0]).item(), (W_dec[1, 0] * z + b_dec[1]).item()


edit_alternative("as-floats", part="line", replace=("W_dec.flatten(), b_dec", "W_dec.flatten().tolist(), b_dec.tolist()"))
edit_alternative("over-c0", part="line", replace=("d1 - c1 / c0 * d0", "(d1 * c0 - c1 * d0) / c0"))

edit(
    "inverted",
    "Has the slope upside down.",
    hint="If z grows by 1, y0 grows by c0 and y1 by c1. How much does y1 grow for each unit of y0?",
    part="line",
    replace=("return c1 / c0, d1 - c1 / c0 * d0", "return c0 / c1, d1 - c0 / c1 * d0"),
)
edit(
    "bias-alone",
    "Takes the last bias for the intercept.",
    hint="The intercept is y1 where y0 is 0, and there z is not 0: it is shifted by d0 too.",
    part="line",
    replace=("d1 - c1 / c0 * d0", "d1"),
)
edit(
    "sign",
    "Adds where it should subtract.",
    hint="z = (y0 - d0) / c0. What sign does d0 have?",
    part="line",
    replace=("d1 - c1 / c0 * d0", "d1 + c1 / c0 * d0"),
)
edit(
    "encoder-weights",
    "Makes the line of the encoder's weights.",
    hint="The encoder only chooses where on the line an output lies. Which layer comes after the code?",
    part="line",
    replace=("W_dec.flatten(), b_dec", "W_enc.flatten(), b_dec"),
)
edit(
    "encoder-bias",
    "Gives y1 at a code that is the encoder's bias.",
    hint="Neither slope nor intercept depends on the encoder. At which code is y0 equal to 0?",
    part="line",
    replace=("d1 - c1 / c0 * d0", "c1 * b_enc[0] + d1"),
)
edit(
    "perpendicular",
    "Gives the direction across the line.",
    hint="If z grows by 1, y0 grows by c0 and y1 by c1. How much does y1 grow for each unit of y0?",
    part="line",
    replace=("return c1 / c0, d1 - c1 / c0 * d0", "return -c0 / c1, d1 + c0 / c1 * d0"),
)
