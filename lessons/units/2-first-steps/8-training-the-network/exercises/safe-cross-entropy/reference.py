"""Cross entropy of one sample from its scores, in two steps that break, and in a form that does not."""

import functools

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake, script


def naive_ce(z, t):
    return -torch.log(torch.softmax(z, dim=0)[t])


def stable_ce(z, t):
    shifted = z - z.max()
    return shifted.exp().sum().log() - shifted[t]


def single(value):
    """The number as a tensor without dimensions, also where it comes as a Python number."""
    if isinstance(value, float):
        return torch.tensor(value)
    return value.reshape(()) if isinstance(value, torch.Tensor) and value.numel() == 1 else value


EXTREME = "the scores (200, 0, 0), true class 1"


@cases("naive")
def moderate(rng: Rng):
    for k in (3, 7, 10):
        z, t = 2 * rng.normal(k), rng.integers(0, k)
        yield case(z=z, t=t, label=f"{k} classes", rtol=1e-4, atol=1e-5, canonical=single)
    yield case(z=torch.tensor([200.0, 0.0, 0.0]), t=1, label=EXTREME, compare=False)


@check("is not a finite number there", part="naive", only=EXTREME)
def breaks(got, ref, inputs):
    value = single(got)
    if not isinstance(value, torch.Tensor) or value.dim() or not value.is_floating_point():
        return Finding("A single number is expected there too.", name="no-number", expected="inf or nan")
    if not torch.isfinite(value):
        return None
    return Finding(
        f"It is {float(got):.4g} for (200, 0, 0) and class 1, but following the recipe word for word gives infinity.",
        name="does-not-break",
        expected="inf or nan",
        got=f"{float(got):.4g}",
    )


@cases("stable")
def all_scores(rng: Rng):
    k = rng.choice([5, 7])
    yield played(f"{k} moderate scores", 2 * rng.normal(k), rng.integers(0, k))
    yield played("(100, 0, 0), class 1", torch.tensor([100.0, 0.0, 0.0]), 1)
    yield played("(200, 0, 0), class 1", torch.tensor([200.0, 0.0, 0.0]), 1)
    yield played("(200, 0, 0), class 0", torch.tensor([200.0, 0.0, 0.0]), 0)
    yield played("scores around 500", 500 + rng.normal(7), rng.integers(0, 7))
    yield played("scores around -500", -500 + rng.normal(3), rng.integers(0, 3))
    yield played("(800, -800, 0), class 1", torch.tensor([800.0, -800.0, 0.0]), 1)
    yield played("(-800, 800, -790), class 2", torch.tensor([-800.0, 800.0, -790.0]), 2)
    scores = rng.uniform(11, low=-1e4, high=1e4)
    yield played("scores from -10,000 to 10,000", scores, int(scores.argsort()[rng.integers(0, 10)]))
    yield played("and the largest of them is the true class", scores, int(scores.argmax()))


def played(label, z, t):
    s = script(label, rtol=1e-4, atol=3e-4)
    cost = s.call("stable_ce", z, t, wrt=[0], label="cost")
    s.backward()
    s.grads(cost, label="gradient")
    return s


# --- the recipe ---------------------------------------------------------------------------------------------------


@alternative(part="naive")
def with_exponentials(z, t):
    e = torch.exp(z)
    return -torch.log(e[t] / e.sum())


@alternative(part="naive")
def with_one_hot(z, t):
    y = torch.nn.functional.softmax(z, dim=-1)
    return -(torch.nn.functional.one_hot(torch.tensor(t), len(z)) * y.log()).sum()


@alternative(part="naive")
def in_python(z, t):
    import math

    try:
        e = [math.exp(one) for one in z.float().tolist()]
        return torch.tensor(-math.log(torch.tensor(e[t] / sum(e)).item()))
    except ValueError:
        return torch.tensor(math.inf)


@alternative(part="naive")
def as_a_module(z, t):
    return torch.nn.Softmax(dim=0)(z).log().neg()[t]


@alternative(part="naive")
def by_nll(z, t):
    return torch.nn.functional.nll_loss(z.softmax(0).log()[None], torch.tensor([t]))


edit(
    "sign-of-the-cost",
    "Leaves out the minus.",
    hint="The logarithm of a probability is negative, and a cost is positive.",
    part="naive",
    replace=("-torch.log", "torch.log"),
)


@mistake(
    "stable-already",
    "Gives the right number where the recipe breaks.",
    hint="This is the second task already. Here, follow the recipe: the softmax, then its logarithm.",
    part="naive",
)
def stable_already(z, t):
    return torch.nn.functional.cross_entropy(z, torch.tensor(t))


edit(
    "no-logarithm",
    "Returns one minus the probability.",
    hint="The cost is minus the logarithm of the probability, which has no upper bound.",
    part="naive",
    replace=("-torch.log(torch.softmax(z, dim=0)[t])", "1 - torch.softmax(z, dim=0)[t]"),
)
edit(
    "base-two",
    "Takes the logarithm to base 2.",
    hint="All your costs are too large by a factor of 1.44. The natural logarithm is meant, `torch.log`.",
    part="naive",
    replace=("torch.log(", "torch.log2("),
)
edit(
    "all-classes",
    "Returns a number for each class.",
    hint="Only the true class counts. Take its entry.",
    part="naive",
    replace=("[t]", ""),
)


# --- for all scores -----------------------------------------------------------------------------------------------


@alternative(part="stable")
def largest_added_again(z, t):
    largest = z.max()
    return largest + torch.log(torch.sum(torch.exp(z - largest))) - z[t]


@alternative(part="stable")
def pair_by_pair(z, t):
    return functools.reduce(torch.logaddexp, z.unbind()) - z[t]


@alternative(part="stable")
def differences(z, t):
    d = z - z[t]
    return d.max() + (d - d.max()).exp().sum().log()


@alternative(part="stable")
def constant_shift(z, t):
    shift = z.detach().max()
    one_hot = torch.nn.functional.one_hot(torch.tensor(t), len(z))
    return torch.log(torch.exp(z - shift).sum()) - (one_hot * (z - shift)).sum()


@alternative(part="stable")
def with_log1p(z, t):
    first, *rest = torch.sort(z, descending=True).values
    return first + torch.log1p(torch.exp(torch.stack(rest) - first).sum()) - z[t]


@alternative(part="stable")
def with_amax(z, t):
    z = z - torch.amax(z, dim=0, keepdim=True)
    return -(z - torch.log(z.exp().sum(dim=0, keepdim=True)))[t]


def cost_of(outcomes):
    value = outcomes.get("cost") if isinstance(outcomes, dict) else None
    return value if isinstance(value, torch.Tensor) and value.numel() == 1 else None


def is_capped(got, ref, inputs):
    value, right = cost_of(got), cost_of(ref)
    return value is not None and bool(torch.isfinite(value)) and 10 < float(value) < 0.95 * float(right)


edit(
    "capped",
    "Caps the probability before the logarithm.",
    hint="A cap makes the cost finite but wrong, and its gradient 0. Bring the logarithm and the exponential together instead.",
    part="stable",
    of=naive_ce,
    replace=("[t]", "[t] + 1e-12"),
    when=is_capped,
)


@mistake(
    "one-hot-sum",
    "Multiplies logarithms of 0 by 0.",
    hint="0 times log 0 is nan. Take only the entry of the true class, not the logarithms of all of them.",
    part="stable",
)
def one_hot_sum(z, t):
    one_hot = torch.nn.functional.one_hot(torch.tensor(t), len(z))
    return -(one_hot * torch.log(torch.softmax(z, dim=0))).sum()


@mistake(
    "softmax-first",
    "Takes the logarithm of the softmax.",
    hint="The softmax rounds small probabilities to 0 before the logarithm sees them. Simplify log(e^z / sum) on paper first.",
    part="stable",
)
def softmax_first(z, t):
    return -torch.log(torch.softmax(z, dim=0)[t])


@mistake(
    "double-precision",
    "Computes the same recipe in float64, which only moves the place where it breaks.",
    hint="In float64 a probability is rounded to 0 at a gap of 746 instead of 104. Simplify log(e^z / sum) on paper first.",
    part="stable",
)
def double_precision(z, t):
    return -torch.log(torch.softmax(z.double(), dim=0)[t]).float()


@mistake(
    "double-exponentials",
    "Lets the exponentials overflow in float64.",
    hint="Even e^710 is too large for a float64. Subtract the largest score from all scores first, in either precision.",
    part="stable",
)
def double_exponentials(z, t):
    z = z.double()
    return (torch.log(torch.exp(z).sum()) - z[t]).float()


@mistake(
    "exponentials-overflow",
    "Lets the exponentials overflow.",
    hint="Even e^89 is too large for a float32. Subtract the largest score from all scores first.",
    part="stable",
)
def exponentials_overflow(z, t):
    return torch.log(torch.exp(z).sum()) - z[t]


edit(
    "mean-subtracted",
    "Subtracts the mean instead of the maximum.",
    hint="With the mean subtracted, 10,000 is still far above 89. Which number makes the largest exponential 1?",
    part="stable",
    replace=("z.max()", "z.mean()"),
)
edit(
    "opposite",
    "Has the opposite sign.",
    hint="A cost is not negative. Which one is larger, log of the sum or the score of one class?",
    part="stable",
    replace=("shifted.exp().sum().log() - shifted[t]", "shifted[t] - shifted.exp().sum().log()"),
)
edit(
    "shift-forgotten",
    "Subtracts the maximum in the sum only.",
    hint="You shifted the scores inside the sum but not the one outside it. Add the maximum again, or shift both.",
    part="stable",
    replace=("shifted[t]", "z[t]"),
)


@mistake(
    "untracked",
    "Loses the gradient on the way.",
    hint="The number is right but has no gradient. Compute with tensors all the way, without `.item()` or `.detach()`.",
    part="stable",
)
def untracked(z, t):
    return torch.tensor(stable_ce(z, t).item())
