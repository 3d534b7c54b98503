"""Closed forms of a quadratic cost with a penalty, and of pure decay."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def decayed(w0, rate, lam, steps):
    return (1 - rate * lam) ** steps * w0


def with_squares(H, best, lam):
    return best * H / (H + lam)


def with_absolute_values(H, best, lam):
    size = best.abs() - lam / H
    return torch.where(size > 0, size * best.sign(), 0.0)


def number(value):
    """A number or a tensor without dimensions, as a float."""
    return float(value) if isinstance(value, int | float) or value.dim() == 0 else value


@cases("decay")
def rates(rng: Rng):
    for product in (0.1, 1.0, 1.5, 2.0, 2.5):
        lam = round(rng.uniform(low=0.2, high=3.0), 3)
        rate, steps, w0 = product / lam, rng.integers(3, 9), round(rng.normal(), 3) + 2
        yield case(w0=w0, rate=rate, lam=lam, steps=steps, label=f"rate times lambda = {product}", rtol=1e-9, atol=1e-9, canonical=number)
    yield case(w0=-1.25, rate=0.1, lam=0.7, steps=0, label="no steps", rtol=1e-9, canonical=number)
    yield case(w0=3.5, rate=0.1, lam=0.0, steps=5, label="no penalty", rtol=1e-9, canonical=number)


def costs(rng: Rng):
    for n in (7, 3, 30):
        H, best = rng.uniform(n, low=0.1, high=10.0, dtype=torch.float64), 2 * rng.normal(n, dtype=torch.float64)
        for lam in (round(rng.uniform(low=0.2, high=2.0), 3), 40.0, 0.0):
            yield {"H": H, "best": best, "lam": lam, "label": f"{n} weights, lambda {lam}"}
    H, best = torch.tensor([2.0, 4.0, 0.5, 1.0, 0.25], dtype=torch.float64), torch.tensor([0.5, -0.25, 0.0, -3.0, 1.0], dtype=torch.float64)
    yield {"H": H, "best": best, "lam": 1.0, "label": "weights that just become 0, and one that is 0"}


@cases("squares")
def squares(rng: Rng):
    for one in costs(rng):
        yield case(**one, rtol=1e-9)


@cases("absolute-values")
def absolute_values(rng: Rng):
    for one in costs(rng):
        yield case(**one, rtol=1e-9, atol=1e-14)


@check("what is 0 is exactly 0", part="absolute-values")
def zeros(got, ref, inputs):
    if not isinstance(got, torch.Tensor) or got.shape != ref.shape:
        return Finding("A tensor of the size of `best` is expected.", name="no-tensor")
    if bool((got[ref == 0] != 0).any()):
        return Finding("A weight that should be exactly 0 is not.", name="not-zero")
    return None


@check("the cost rises in both directions", part="absolute-values")
def lowest(got, ref, inputs):
    if not isinstance(got, torch.Tensor) or got.shape != ref.shape:
        return Finding("A tensor of the size of `best` is expected.", name="no-tensor")

    def cost(w):
        return 0.5 * inputs["H"] * (w - inputs["best"]) ** 2 + inputs["lam"] * w.abs()

    here = cost(got)
    if all(bool((cost(got + step) >= here - 1e-12).all()) for step in (-1e-4, 1e-4)):
        return None
    return Finding("Close by there is a weight with a lower cost.", name="not-lowest")


# --- nothing but decay --------------------------------------------------------------------------------------------

edit_alternative("w0-first", part="decay", replace=("(1 - rate * lam) ** steps * w0", "w0 * (1 - lam * rate) ** steps"))
edit_alternative("by-pow", part="decay", replace=("(1 - rate * lam) ** steps * w0", "pow(1 - rate * lam, steps) * w0"))
edit_alternative("powers-of-minus-one", part="decay", replace=("(1 - rate * lam) ** steps", "(-1) ** steps * (rate * lam - 1) ** steps"))


@alternative(part="decay")
def as_a_tensor(w0, rate, lam, steps):
    return torch.tensor(w0, dtype=torch.float64) * torch.tensor(1 - rate * lam, dtype=torch.float64).pow(steps)


@alternative(part="decay")
def by_recursion(w0, rate, lam, steps):
    return w0 if steps == 0 else decayed(w0 - rate * lam * w0, rate, lam, steps - 1)


@mistake(
    "linear",
    "Takes away the same amount at each step.",
    hint="A step takes away a fraction of what is *left*. What is left of that after the next one?",
    part="decay",
)
def same_amount(w0, rate, lam, steps):
    return w0 * (1 - rate * lam * steps)


@mistake(
    "exponential",
    "Is the limit for tiny steps.",
    hint="Steps of gradient descent are no smooth motion. What does a single one make of the weight, exactly?",
    part="decay",
)
def smooth(w0, rate, lam, steps):
    import math

    return w0 * math.exp(-rate * lam * steps)


edit(
    "no-rate",
    "Leaves out the rate.",
    hint="A step is the rate times the gradient.",
    part="decay",
    replace=("1 - rate * lam", "1 - lam"),
)
edit(
    "doubled",
    "Takes twice the derivative.",
    hint="The half in the penalty cancels the 2 of the square.",
    part="decay",
    replace=("1 - rate * lam", "1 - 2 * rate * lam"),
)
edit(
    "halved",
    "Takes half of the derivative.",
    hint="The square's 2 cancels the half of the penalty.",
    part="decay",
    replace=("1 - rate * lam", "1 - rate * lam / 2"),
)
edit(
    "never-negative",
    "Stops at 0.",
    hint="What does a step make of a weight if the rate times lambda is more than 1?",
    part="decay",
    replace=("(1 - rate * lam)", "max(1 - rate * lam, 0)"),
)

# --- squares ------------------------------------------------------------------------------------------------------

edit_alternative("factor-first", part="squares", replace=("best * H / (H + lam)", "H / (H + lam) * best"))
edit_alternative("one-over", part="squares", replace=("best * H / (H + lam)", "best / (1 + lam / H)"))
edit_alternative("what-is-lost", part="squares", replace=("best * H / (H + lam)", "best - lam / (H + lam) * best"))
edit_alternative("by-div", part="squares", replace=("best * H / (H + lam)", "torch.div(H * best, H + lam)"))


@alternative(part="squares")
def as_a_system(H, best, lam):
    return torch.linalg.solve(torch.diag(H) + lam * torch.eye(len(H), dtype=H.dtype), H * best)


edit(
    "doubled",
    "Takes twice the derivative of the penalty.",
    hint="The half in the penalty cancels the 2 of the square.",
    part="squares",
    replace=("(H + lam)", "(H + 2 * lam)"),
)
edit(
    "upside-down",
    "Makes the weights that matter most the smallest.",
    hint="A weight with a large H hardly shrinks. What stands above the line?",
    part="squares",
    replace=("best * H / (H + lam)", "best * lam / (H + lam)"),
)
edit(
    "same-for-all",
    "Shrinks all weights by the same factor.",
    hint="How much a weight shrinks depends on how much it matters.",
    part="squares",
    replace=("best * H / (H + lam)", "best / (1 + lam)"),
)
edit(
    "sign",
    "Adds the penalty with the wrong sign.",
    hint="The derivative of the penalty is + lambda w. Put it on the other side, and look at its sign.",
    part="squares",
    replace=("(H + lam)", "(H - lam)"),
)
edit(
    "shift",
    "Shifts the weights instead of multiplying them.",
    hint="The derivative of a square is proportional to the weight. The shift belongs to the absolute values.",
    part="squares",
    replace=("best * H / (H + lam)", "best - lam / H"),
)

# --- absolute values ----------------------------------------------------------------------------------------------


@alternative(part="absolute-values")
def with_clamp(H, best, lam):
    return torch.sign(best) * torch.clamp(best.abs() - lam / H, min=0)


@alternative(part="absolute-values")
def two_relus(H, best, lam):
    return torch.relu(best - lam / H) - torch.relu(-best - lam / H)


@alternative(part="absolute-values")
def ready_made(H, best, lam):
    shift = lam / H
    return best - torch.maximum(torch.minimum(best, shift), -shift)


@alternative(part="absolute-values")
def with_a_mask(H, best, lam):
    result, kept = torch.zeros_like(best), H * best.abs() > lam
    result[kept] = best[kept] - lam / H[kept] * torch.sign(best[kept])
    return result


edit_alternative("by-copysign", part="absolute-values", replace=("size * best.sign()", "torch.copysign(size, best)"))

edit(
    "overshoot",
    "Shifts small weights beyond 0.",
    hint="If your formula gives a weight with the other sign, the minimum is not there: at 0 the penalty has a kink, and the cost rises on both sides.",
    part="absolute-values",
    replace=("torch.where(size > 0, size * best.sign(), 0.0)", "size * best.sign()"),
)
edit(
    "positive-only",
    "Is right for positive weights only.",
    hint="For a negative weight everything is mirrored: it is shifted upwards.",
    part="absolute-values",
    replace=("size = best.abs() - lam / H", "size = best - lam / H"),
)
edit(
    "sign-lost",
    "Loses the signs.",
    hint="The size of each weight is right. Multiply by the sign that it had.",
    part="absolute-values",
    replace=("size * best.sign()", "size"),
)
edit(
    "same-shift",
    "Shifts all weights by the same amount.",
    hint="How far a weight is shifted depends on how much it matters.",
    part="absolute-values",
    replace=("lam / H", "lam"),
)
edit(
    "multiplied",
    "Shifts by the product instead of the quotient.",
    hint="Set the derivative to 0, and solve for the weight. What is lambda divided by?",
    part="absolute-values",
    replace=("lam / H", "lam * H"),
)
edit(
    "halved",
    "Shifts half as far.",
    hint="The half stands in front of the squares of the cost, and its derivative is H times the difference.",
    part="absolute-values",
    replace=("lam / H", "lam / (2 * H)"),
)
edit(
    "of-the-squares",
    "Is the minimum with squares.",
    hint="The derivative of an absolute value is a sign: 1 or -1, whatever the size of the weight.",
    part="absolute-values",
    replace=("torch.where(size > 0, size * best.sign(), 0.0)", "best * H / (H + lam)"),
)

edit(
    "cut-but-not-shifted",
    "Sets the small ones to 0 and leaves the others where they are.",
    hint="Where does the derivative of the penalty, plus or minus lambda, balance that of L? Those that stay move too.",
    part="absolute-values",
    replace=("size * best.sign(), 0.0", "best, 0.0"),
)
edit(
    "squared-lambda",
    "Squares lambda.",
    hint="The derivative of the penalty is lambda times w.",
    part="squares",
    replace=("(H + lam)", "(H + lam**2)"),
)
edit(
    "a-single-step",
    "Makes a single step.",
    hint="Each step multiplies by the same factor: it is a power.",
    part="decay",
    replace=("(1 - rate * lam) ** steps", "(1 - rate * lam)"),
)
