"""Backpropagation through time for a state of one number."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def contributions(w, h):
    slopes = 1 - h[1:] ** 2
    back = torch.cat([(w * slopes[1:]).flip(0).cumprod(0).flip(0), torch.ones(1, dtype=h.dtype)])
    return back * slopes * h[:-1]


def states(rng, w, n, start=0.0):
    """States of a cell with random inputs."""
    h = [torch.tensor(start, dtype=torch.float64)]
    for x in 0.4 * rng.normal(n, dtype=torch.float64):
        h.append(torch.tanh(x + w * h[-1]))
    return torch.stack(h)


@cases("terms")
def sentences(rng: Rng):
    for label, w, n, start in (
        ("seven tokens", 0.9, 7, 0.0), ("a large weight", 1.7, 11, 0.0), ("a negative weight", -1.3, 6, 0.0),
        ("a state to begin with", 1.1, 5, 0.6), ("one token", 0.8, 1, -0.7), ("two tokens", 1.2, 2, 0.5),
    ):  # fmt: skip
        yield case(w=w, h=states(rng, w, n, start), label=label, rtol=1e-9)


@alternative(part="terms")
def by_a_loop(w, h):
    result, factor = [], 1.0
    for t in reversed(range(1, len(h))):
        slope = 1 - h[t] ** 2
        result.append(factor * slope * h[t - 1])
        factor = factor * slope * w
    return torch.stack(result[::-1])


@alternative(part="terms")
def by_products(w, h):
    n = len(h) - 1
    result = torch.zeros(n, dtype=torch.float64)
    for t in range(n):
        result[t] = h[t] * (1 - h[t + 1] ** 2) * w ** (n - 1 - t) * torch.prod(1 - h[t + 2 :] ** 2)
    return result


@alternative(part="terms")
def by_recursion(w, h):
    own = (1 - h[-1] ** 2) * h[-2]
    if len(h) == 2:
        return own[None]
    return torch.cat([(1 - h[-1] ** 2) * w * contributions(w, h[:-1]), own[None]])


@alternative(part="terms")
def forwards(w, h):
    result = torch.zeros(0, dtype=torch.float64)
    for before, after in zip(h[:-1], h[1:], strict=True):
        slope = 1 - after * after
        result = torch.cat([result * slope * w, (slope * before).reshape(1)])
    return result


edit_alternative("squares", part="terms", replace=("1 - h[1:] ** 2", "1 - h[1:].square()"))
edit_alternative("factored", part="terms", replace=("1 - h[1:] ** 2", "(1 - h[1:]) * (1 + h[1:])"))

edit(
    "last-first",
    "Lists the last token first.",
    hint="The first entry belongs to the first token.",
    part="terms",
    replace=("back * slopes * h[:-1]", "(back * slopes * h[:-1]).flip(0)"),
)
edit(
    "state-after",
    "Takes the state after the token for the state before it.",
    hint="Whose derivative with respect to $w$ is it? Beside $w$ stands the state before the token.",
    part="terms",
    replace=("slopes * h[:-1]", "slopes * h[1:]"),
)
edit(
    "without-weight",
    "Leaves out the powers of w.",
    hint="A step back in time is the derivative of $h_t$ with respect to $h_{t-1}$: $(1 - h_t^2) \\, w$.",
    part="terms",
    replace=("(w * slopes[1:])", "slopes[1:]"),
)
edit(
    "without-slopes",
    "Multiplies by powers of w alone.",
    hint="A step back in time is $(1 - h_t^2) \\, w$: the slope of tanh belongs to it.",
    part="terms",
    replace=("(w * slopes[1:])", "(w * torch.ones_like(slopes[1:]))"),
)
edit(
    "slope-before",
    "Differentiates tanh at the state before the token.",
    hint="$1 - \\tanh^2$ is taken of the state that comes out.",
    part="terms",
    replace=("1 - h[1:] ** 2", "1 - h[:-1] ** 2"),
)


@mistake(
    "immediate-only",
    "Gives the immediate derivatives, without the way back from the last state.",
    hint="What does $h_T$ gain from a change of $h_{T-k}$? Multiply by the derivatives in between.",
    part="terms",
)
def immediate_only(w, h):
    return (1 - h[1:] ** 2) * h[:-1]


@mistake(
    "one-step-too-many",
    "Goes one step back too many for each token.",
    hint="The last token's summand has no step back: only the brackets.",
    part="terms",
)
def one_step_too_many(w, h):
    slopes = 1 - h[1:] ** 2
    back = (w * slopes).flip(0).cumprod(0).flip(0)
    return back * slopes * h[:-1]

edit(
    "running-sum",
    "Adds the contributions up.",
    hint="Each entry is what one token contributes; only their sum is the derivative.",
    replace=("return back * slopes * h[:-1]", "return (back * slopes * h[:-1]).cumsum(0)"),
)
