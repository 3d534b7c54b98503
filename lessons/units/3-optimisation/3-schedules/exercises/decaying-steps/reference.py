"""Gradient descent with geometric decay on the eggholder, and what settings that learners propose lead to."""

from math import copysign, cos, hypot, isfinite, sin, sqrt

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, script


def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def gd_decay(start, alpha0, gamma, steps):
    history = [start.detach().clone()]
    for t in range(steps):
        w = history[-1].clone().requires_grad_()
        (gradient,) = torch.autograd.grad(eggholder(w), w)
        history.append(w.detach() - alpha0 * gamma**t * gradient)
    return torch.stack(history)


def settings():
    return [((400.0, 130.0), 2.0, 0.98, 400), ((400.0, 420.0), 1.0, 0.98, 400)]


@cases("descent")
def descents(rng: Rng):
    """Few steps in a wide valley, at rates that let rounding errors die out."""
    for label, steps, gamma, alpha0, middle in (
        ("one step", 1, 0.8, 1.2, (400, 130)),
        ("three steps, quick decay", 3, 0.5, 1.0, (400, 130)),
        ("twelve steps", 12, 0.9, 0.7, (400, 130)),
        ("a constant rate", 5, 1.0, 0.4, (400, 130)),
        ("a rate that grows", 4, 1.2, 0.3, (400, 130)),
        ("somewhere else", 4, 0.8, 0.2, (-300, -200)),
    ):
        start = torch.tensor(middle).double() + rng.uniform(2, low=-25.0, high=25.0, dtype=torch.float64)
        alpha0 = round(alpha0 * rng.uniform(low=0.8, high=1.2), 3)
        yield case(start=start, alpha0=alpha0, gamma=gamma, steps=steps, label=label, rtol=1e-9, atol=1e-12)


# --- what settings lead to ----------------------------------------------------------------------------------------

PLACES = (
    ((400, 130), ((418.5606, 171.0431),)),
    ((450, 420), ((439.4810, 453.9774), (479.0454, 434.5059), (482.3533, 432.8790))),
)
"""Where to look, and the minima of that neighbourhood."""


def slope(x, y):
    """The gradient of the eggholder."""
    u, v = y + x / 2 + 47, x - y - 47
    p, q = sqrt(abs(u)) or 1e-12, sqrt(abs(v)) or 1e-12
    first, second = (y + 47) * cos(p) * copysign(1, u) / (2 * p), x * cos(q) * copysign(1, v) / (2 * q)
    return -first / 2 - sin(q) - second, -sin(p) - first + second


def descend(start, alpha, gamma, steps):
    """Where a run ends, and the length of its last step."""
    x, y = start
    length = 0.0
    for _ in range(steps):
        dx, dy = slope(x, y)
        x, y, length = x - alpha * dx, y - alpha * dy, alpha * hypot(dx, dy)
        alpha *= gamma
        if not isfinite(x + y):
            return (x, y), float("inf")
    return (x, y), length


def settings_of(got):
    """The two settings as plain numbers, None where they are nothing of the kind."""
    try:
        both = [
            ((float(one[0][0]), float(one[0][1])), float(one[1]), float(one[2]), int(one[3])) for one in got["settings"]
        ]
        lengths = [(len(one), len(one[0]), float(one[3]) == int(one[3])) for one in got["settings"]]
    except (TypeError, ValueError, KeyError, IndexError, OverflowError):
        return None
    finite = all(isfinite(value) for start, *rest in both for value in (*start, *rest))
    return both if finite and lengths == [(4, 2, True)] * 2 else None


def against(got, index):
    """What is wrong with one of the two settings, None if nothing is."""
    both = settings_of(got)
    if both is None:
        return Finding("Two settings ((x, y), alpha0, gamma, steps) of finite numbers are expected.", "form")
    start, alpha, gamma, steps = both[index]
    middle, minima = PLACES[index]
    if max(abs(start[0] - middle[0]), abs(start[1] - middle[1])) > 50:
        return Finding(f"The start {start} is more than 50 away from {middle} in a coordinate.", "outside")
    if gamma >= 1:
        return Finding("The rate does not decay.", "no-decay", expected="0 < gamma < 1", got=f"{gamma:g}")
    if gamma <= 0 or alpha <= 0:
        return Finding("A rate is not positive.", "not-positive")
    if not 1 <= steps <= 1000:
        return Finding("The number of steps is out of range.", "steps", expected="1 to 1000", got=str(steps))
    return against_runs(start, alpha, gamma, steps, minima)


def against_runs(start, alpha, gamma, steps, minima):
    (x, y), _ = descend(start, alpha, gamma, steps)
    length = descend(start, alpha, 1.0, steps)[1]
    near = min(minima, key=lambda one: hypot(x - one[0], y - one[1])) if isfinite(x + y) else minima[0]
    end = f"({x:.2f}, {y:.2f})"
    if not hypot(x - near[0], y - near[1]) < 1:
        steep = hypot(*slope(x, y)) if isfinite(x + y) else float("inf")
        if steep > 0.1:
            return Finding(
                f"The decaying run stops at {end}, where the gradient has the length {steep:.2g}.", "stopped-short"
            )
        return Finding(f"The decaying run ends at {end}, in another valley.", "other-valley")
    if not hypot(start[0] - near[0], start[1] - near[1]) > 20:
        return Finding(f"The start {start} is no more than 20 away from the minimum.", "too-near")
    if not length > 1:
        return Finding(
            "The constant rate settles too.",
            "constant-settles",
            expected="a last step longer than 1",
            got=f"{length:.3g}",
        )
    return None


@cases("found")
def once(rng: Rng):
    s = script("your settings", weight=0)
    s.call("settings", label="settings", compare=False)
    yield s


@check("near (400, 130): decay finds a minimum, a constant rate does not", part="found")
def first_place(got, ref, inputs):
    return against(got, 0)


@check("near (450, 420): decay finds a minimum, a constant rate does not", part="found")
def second_place(got, ref, inputs):
    return against(got, 1)


# --- other right descents -----------------------------------------------------------------------------------------

edit_alternative(
    "falling-rate",
    part="descent",
    replace=[
        ("history = [", "rate = alpha0\n    history = ["),
        ("alpha0 * gamma**t * gradient)", "rate * gradient)\n        rate = gamma * rate"),
    ],
)


@alternative(part="descent")
def with_backward(start, alpha0, gamma, steps):
    w = start.clone().requires_grad_(True)
    history = torch.zeros(steps + 1, 2, dtype=torch.float64)
    history[0] = start
    for t in range(steps):
        w.grad = None
        eggholder(w).backward()
        with torch.no_grad():
            w -= alpha0 * gamma**t * w.grad
        history[t + 1] = w.detach()
    return history


@alternative(part="descent")
def by_formula(start, alpha0, gamma, steps):
    x, y = start.tolist()
    points = [(x, y)]
    for _ in range(steps):
        dx, dy = slope(x, y)
        x, y = x - alpha0 * dx, y - alpha0 * dy
        alpha0 *= gamma
        points.append((x, y))
    return torch.tensor(points, dtype=torch.float64)


@alternative(part="descent")
def rates_first(start, alpha0, gamma, steps):
    w, rows = start, [start]
    for rate in alpha0 * gamma ** torch.arange(steps, dtype=torch.float64):
        w = w - rate * torch.func.grad(eggholder)(w)
        rows.append(w)
    return torch.vstack(rows)


@alternative(part="descent")
def recursive(start, alpha0, gamma, steps):
    if steps == 0:
        return start[None]
    w = start.detach().requires_grad_()
    eggholder(w).backward()
    after = recursive(start.detach() - alpha0 * w.grad, alpha0 * gamma, gamma, steps - 1)
    return torch.cat([start.detach()[None], after])


# --- wrong descents -----------------------------------------------------------------------------------------------

edit(
    "no-decay",
    "The rate stays as it was.",
    hint="Step t has the rate gamma to the power t, times alpha0. Yours is alpha0 throughout.",
    part="descent",
    replace=("alpha0 * gamma**t", "alpha0"),
)
edit(
    "decays-too-early",
    "The rate decays before the first step.",
    hint="The steps are numbered from 0: the first one has the rate alpha0 itself.",
    part="descent",
    replace=("gamma**t", "gamma ** (t + 1)"),
)
edit(
    "decays-twice",
    "The rate decays twice in each step.",
    hint="Either the rate is multiplied by gamma after each step, or alpha0 is multiplied by a power. Not both.",
    part="descent",
    replace=("gamma**t", "gamma ** (2 * t)"),
)
edit(
    "power-of-a-power",
    "The rate that has decayed is multiplied by a power of gamma again.",
    hint="From one step to the next the factor is gamma. A power of gamma is for alpha0, which stays as it is.",
    part="descent",
    replace=("gamma**t", "gamma ** (t * (t + 1) // 2)"),
)
edit(
    "linear-factor",
    "Multiplies gamma by the number of the step.",
    hint="Geometric decay: with each step one more factor gamma. That is a power and no product.",
    part="descent",
    replace=("gamma**t", "gamma * t"),
)
edit(
    "uphill",
    "Goes uphill.",
    hint="The step goes against the gradient.",
    part="descent",
    replace=("w.detach() -", "w.detach() +"),
)
edit(
    "no-start",
    "Leaves out the start.",
    hint="The history begins with the start, so it has one row more than there are steps.",
    part="descent",
    replace=("torch.stack(history)", "torch.stack(history[1:])"),
)
edit(
    "single-precision",
    "Computes in float32.",
    hint="The start is float64. Which line makes float32 of it?",
    part="descent",
    replace=("start.detach().clone()", "start.detach().float()"),
)
edit(
    "same-gradient",
    "Takes the gradient at the start for every step.",
    hint="After each step you are elsewhere: the gradient has to be computed again, there.",
    part="descent",
    replace=("w = history[-1].clone().requires_grad_()\n        (gradient,) = torch.autograd.grad(eggholder(w), w)",
             "w = history[-1].clone()\n        s = start.clone().requires_grad_()\n"
             "        (gradient,) = torch.autograd.grad(eggholder(s), s)"),
)  # fmt: skip


@mistake(
    "one-point",
    "All rows of the history are the last point.",
    hint="The history holds one tensor many times, which is changed in place. Store a copy of it.",
    part="descent",
)
def one_point(start, alpha0, gamma, steps):
    w = start.clone()
    history = [w]
    for t in range(steps):
        w -= alpha0 * gamma**t * torch.func.grad(eggholder)(w)
        history.append(w)
    return torch.stack(history)


@mistake(
    "adds-gradients",
    "Adds up the gradients of all steps.",
    hint="`backward()` adds to `w.grad`: reset it before each step.",
    part="descent",
)
def adds_gradients(start, alpha0, gamma, steps):
    w = start.clone().requires_grad_()
    history = [start.clone()]
    for t in range(steps):
        eggholder(w).backward()
        with torch.no_grad():
            w -= alpha0 * gamma**t * w.grad
        history.append(w.detach().clone())
    return torch.stack(history)


# --- other right settings -----------------------------------------------------------------------------------------


@alternative(part="found")
def faster_starts():
    return [([370.0, 110.0], 3.0, 0.97, 300), ([400.0, 440.0], 1.0, 0.99, 500)]


@alternative(part="found")
def as_tensors():
    return [(torch.tensor([350, 150]), 2, 0.98, 400), (torch.tensor([400.0, 430.0]), 1, torch.tensor(0.99), 500)]


@alternative(part="found")
def as_tuple():
    return ((360, 90), 3, 0.97, 300), ((400, 410), 1, 0.98, 400)


@alternative(part="found")
def quick_and_slow():
    return [((350.0, 90.0), 5.0, 0.95, 200), ((400.0, 390.0), 1.0, 0.985, 700)]


@alternative(part="found")
def searched():
    """The first of a few starts and rates with which decay comes to rest, and a constant rate does not."""
    found = []
    for middle, goal in (((400, 130), -629.63), ((450, 420), -935.33)):
        for start, alpha in [((middle[0] + k, middle[1]), alpha) for k in (-50, -40, -30) for alpha in (2.0, 1.0)]:
            end, _ = descend(start, alpha, 0.98, 400)
            if eggholder(torch.tensor(end, dtype=torch.float64)) < goal and descend(start, alpha, 1.0, 400)[1] > 1:
                found.append((start, alpha, 0.98, 400))
                break
    return found


# --- wrong settings -----------------------------------------------------------------------------------------------


def named(name):
    """Whether one of the two settings fails by this name, the first that fails."""

    def when(got, ref, inputs):
        found = against(got, 0) or against(got, 1)
        return found is not None and found.name == name

    return when


edit(
    "stopped-short",
    "The rate dies out before a run has arrived.",
    hint="Is the gradient small at the end, or only the rate? Take gamma closer to 1, or more steps.",
    part="found",
    replace=("2.0, 0.98", "2.0, 0.5"),
    when=named("stopped-short"),
)
edit(
    "other-valley",
    "A run ends in a valley that is not the one looked for.",
    hint="A large rate leaps over several valleys before it has decayed. Begin with a smaller one, or elsewhere.",
    part="found",
    replace=("(400.0, 420.0), 1.0", "(400.0, 420.0), 5.0"),
    when=named("other-valley"),
)
edit(
    "constant-settles",
    "A constant rate finds the minimum as well.",
    hint="Your rate is small enough to settle without decay. Begin with a larger one.",
    part="found",
    replace=("2.0, 0.98", "1.0, 0.99"),
    when=named("constant-settles"),
)
edit(
    "no-decay",
    "A rate does not decay.",
    hint="gamma lies between 0 and 1. Above 1 the rate explodes.",
    part="found",
    replace=("2.0, 0.98", "2.0, 1.02"),
    when=named("no-decay"),
)
edit(
    "too-near",
    "A start is at the goal already.",
    hint="Start more than 20 away from the minimum, and let the run find it.",
    part="found",
    replace=("(400.0, 130.0)", "(418.56, 171.04)"),
    when=named("too-near"),
)
edit(
    "outside",
    "A start is not in the neighbourhood.",
    hint="The first setting belongs to (400, 130), the second to (450, 420); each coordinate may differ by 50 at most.",
    part="found",
    replace=("(400.0, 420.0)", "(300.0, 135.0)"),
    when=named("outside"),
)

edit(
    "inverse-time",
    "Lets the rate fall in another way than by powers of gamma.",
    hint="Step t has the rate `gamma**t * alpha0`.",
    part="descent",
    replace=("alpha0 * gamma**t", "alpha0 / (1 + t)"),
)
edit(
    "divided",
    "Divides by the power of gamma, so that the rate grows.",
    hint="A gamma below 1 makes the rate smaller: multiply.",
    part="descent",
    replace=("alpha0 * gamma**t", "alpha0 / gamma**t"),
)
