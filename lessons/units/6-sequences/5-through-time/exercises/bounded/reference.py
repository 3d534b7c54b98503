"""A geometric series."""

import math

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, mistake, script


def bound(w, T):
    return sum(abs(w) ** k for k in range(T))


def slope(w, inputs):
    """The derivative of the last state with respect to w, for 200 sentences at once: inputs (T, 200)."""
    h, found = torch.zeros(inputs.shape[1], dtype=torch.float64), torch.zeros(inputs.shape[1], dtype=torch.float64)
    for x in inputs:
        before, h = h, torch.tanh(x + w * h)
        found = (1 - h**2) * (before + w * found)
    return found.abs().max().item()


def against(w, T):
    """Inputs that make the derivative large: a state near 0.7 first, then states that are pulled to 0."""
    inputs, h = torch.zeros(T, 200, dtype=torch.float64), torch.zeros(200, dtype=torch.float64)
    for t in range(T):
        wanted = torch.linspace(0.0, 0.99, 200, dtype=torch.float64) if t < T - 1 else torch.zeros(200, dtype=torch.float64)
        inputs[t] = torch.atanh(wanted * 0.3 if t % 2 and t < T - 2 else wanted) - w * h
        h = torch.tanh(inputs[t] + w * h)
    return inputs


@cases("bound")
def sentences(rng: Rng):
    weights = [0.0, 1.0, -1.0, 0.05, 0.5, -0.5, 1.5, -2.0, 3.0, *(6 * rng.uniform(5, dtype=torch.float64) - 3).tolist()]
    truth = {}
    s = script("many sentences", truth=truth, weight=0)
    for place, w in enumerate(weights):
        for T in (1, 2, 5, 12, 30):
            label, size = f"w = {w:.4g}, T = {T}", (0.05, 0.5, 2.0)[place % 3]
            truth[label] = w, T, max(slope(w, size * rng.normal(T, 200, dtype=torch.float64)), slope(w, against(w, T)))
            s.call("bound", w, T, label=label, compare=False)
    yield s


@check("is a bound for every sentence, and not far too large", part="bound")
def holds(got, ref, inputs):
    for label, (w, T, largest) in inputs["truth"].items():
        value = got.get(label)
        if isinstance(value, torch.Tensor) and value.numel() == 1:
            value = value.item()
        if not isinstance(value, (int, float)) or isinstance(value, bool) or math.isnan(value):
            return Finding(f"For {label} the result is not a number.", name="no-number")
        if value < largest * (1 - 1e-9):
            return Finding(
                f"For {label} there is a sentence with a larger derivative.", name="exceeded",
                expected=f"at least {largest:.6g}", got=f"{value:.6g}",
            )
        if value > 100 * T * max(1.0, abs(w) ** T):
            return Finding(
                f"For {label} the bound is far too large.", name="far-too-large",
                expected=f"at most {100 * T * max(1.0, abs(w) ** T):.6g}", got=f"{value:.6g}",
            )
    return None


@alternative(part="bound")
def geometric(w, T):
    q = abs(w)
    return float(T) if q == 1 else (q**T - 1) / (q - 1)


@alternative(part="bound")
def by_a_loop(w, T):
    total, power = 0.0, 1.0
    for _ in range(T):
        total += power
        power *= abs(w)
    return total


@alternative(part="bound")
def coarser(w, T):
    return T * max(1, abs(w)) ** (T - 1)


@alternative(part="bound")
def as_a_tensor(w, T):
    return (torch.tensor(abs(w), dtype=torch.float64) ** torch.arange(T)).sum()


edit_alternative("one-more", part="bound", replace=("range(T)", "range(T + 1)"))
edit_alternative("signs", part="bound", replace=("abs(w) ** k", "abs(w**k)"))

edit(
    "sign-kept",
    "Adds up the powers of w with their signs.",
    hint="What happens for a negative $w$? A bound for the absolute value needs absolute values.",
    part="bound",
    replace=("abs(w) ** k", "w**k"),
)
edit(
    "last-power",
    "Takes the largest power alone.",
    hint="For a small $w$ the summand without any $w$ is the largest.",
    part="bound",
    replace=("sum(abs(w) ** k for k in range(T))", "abs(w) ** T"),
)
edit(
    "power-times-length",
    "Takes the largest power for every summand, also where $|w|$ is below 1.",
    hint="For $|w| < 1$ the powers get smaller: the largest of them is 1.",
    part="bound",
    replace=("sum(abs(w) ** k for k in range(T))", "T * abs(w) ** T"),
)
edit(
    "length-alone",
    "Leaves out the powers.",
    hint="Each step back in time multiplies by $w$.",
    part="bound",
    replace=("sum(abs(w) ** k for k in range(T))", "float(T)"),
)


@mistake(
    "divides-by-zero",
    "Divides by zero where $|w| = 1$.",
    hint="The formula for a geometric series needs $q \\ne 1$. What is the sum for $q = 1$?",
    part="bound",
)
def divides_by_zero(w, T):
    return (abs(w) ** T - 1) / (abs(w) - 1)


@mistake(
    "for-all-lengths",
    "Takes the limit for long sentences, which does not exist for $|w| \\ge 1$.",
    hint="$1 / (1 - |w|)$ is a bound for $|w| < 1$ alone.",
    part="bound",
)
def for_all_lengths(w, T):
    return 1 / (1 - abs(w)) if abs(w) != 1 else T
