"""Moments of a sum of products of independent numbers."""

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, plural


def variance_of_sum(n_in, weight_variance, mean, variance):
    return n_in * weight_variance * (variance + mean * mean)


def variance_after_relu(n_in, weight_variance, variance):
    return n_in * weight_variance * (variance / 2)


def he_variance(n_in):
    return 2 / n_in


def number(value):
    """A number or a tensor without dimensions, as a float."""
    return float(value) if isinstance(value, int | float) or value.dim() == 0 else value


def moments(rng, *names):
    for n_in in (1, 7, 100, 784):
        values = [round(0.05 + 3 * float(rng.uniform(1)), 4) for _ in names]
        yield {"n_in": n_in, **dict(zip(names, values, strict=True))}


@cases("sum")
def sums(rng: Rng):
    for inputs in moments(rng, "weight_variance", "mean", "variance"):
        yield case(**inputs, label=plural(inputs["n_in"], "input"), rtol=1e-9, canonical=number)
    yield case(n_in=50, weight_variance=0.02, mean=0.0, variance=1.7, label="mean 0", rtol=1e-9, canonical=number)
    yield case(n_in=50, weight_variance=0.02, mean=-1.3, variance=0.4, label="a negative mean", rtol=1e-9, canonical=number)


@cases("after-relu")
def halves(rng: Rng):
    for inputs in moments(rng, "weight_variance", "variance"):
        yield case(**inputs, label=plural(inputs["n_in"], "input"), rtol=1e-9, canonical=number)


@cases("he")
def layers(rng: Rng):
    for n_in in (1, 3, 20, 784, rng.integers(30, 300)):
        yield case(n_in=n_in, label=plural(n_in, "input"), rtol=1e-9, canonical=number)


edit_alternative("power", part="sum", replace=("mean * mean", "mean**2"))
edit_alternative("two-terms", part="sum", replace=("weight_variance * (variance + mean * mean)", "(weight_variance * variance + weight_variance * mean**2)"))


@alternative(part="sum")
def as_a_tensor(n_in, weight_variance, mean, variance):
    import torch

    second_moment = torch.tensor(variance, dtype=torch.float64) + torch.tensor(mean, dtype=torch.float64) ** 2
    return n_in * weight_variance * second_moment


edit_alternative("order", part="sum", replace=("n_in * weight_variance * (variance + mean * mean)", "(variance + mean * mean) * weight_variance * n_in"))
edit_alternative("by-pow", part="sum", replace=("mean * mean", "pow(mean, 2)"))

edit(
    "mean-forgotten",
    "Takes the variance of the inputs for the mean of their squares.",
    hint="The mean of the squares is the variance plus the square of the mean.",
    part="sum",
    replace=(" + mean * mean", ""),
)
edit(
    "not-summed",
    "Gives the variance of a single product.",
    hint="There are n_in of them, and the variances of independent numbers are added.",
    part="sum",
    replace=("n_in * ", ""),
)
edit(
    "squared-count",
    "Multiplies by the square of the number of inputs.",
    hint="That would be so if all the products were the same number. They are independent: variances are added.",
    part="sum",
    replace=("n_in *", "n_in**2 *"),
)
edit(
    "mean-not-squared",
    "Adds the mean itself.",
    hint="The mean of the squares is the variance plus the *square* of the mean.",
    part="sum",
    replace=("mean * mean", "mean"),
)

edit_alternative("half", part="after-relu", replace=("(variance / 2)", "0.5 * variance"))
edit_alternative("half-of-all", part="after-relu", replace=("n_in * weight_variance * (variance / 2)", "weight_variance * variance * n_in / 2"))

edit_alternative("times-a-half", part="after-relu", replace=("variance / 2", "variance * 0.5"))
edit_alternative("count-halved", part="after-relu", replace=("n_in * weight_variance * (variance / 2)", "(n_in / 2) * weight_variance * variance"))


@alternative(part="after-relu")
def by_the_first(n_in, weight_variance, variance):
    share = 1 / 2
    return variance_of_sum(n_in, weight_variance, 0.0, share * variance)


edit(
    "no-relu",
    "Leaves out the ReLU.",
    hint="Half of the numbers become 0, and their squares with them.",
    part="after-relu",
    replace=("(variance / 2)", "variance"),
)
edit(
    "quarter",
    "Takes a quarter.",
    hint="Half of the squares stay as they are. The squares are what counts.",
    part="after-relu",
    replace=("variance / 2", "variance / 4"),
)
edit(
    "variance-behind-the-relu",
    "Takes the variance behind the ReLU, of a normal distribution, instead of the mean of the squares.",
    hint="What counts is the mean of the squares. Behind a ReLU the mean is not 0, so the variance is smaller than that.",
    part="after-relu",
    replace=("(variance / 2)", "(variance * (0.5 - 0.15915494309189535))"),
)

edit_alternative("by-hand", part="he", replace=("2 / n_in", "1 / (n_in / 2)"))
edit_alternative("negative-power", part="he", replace=("2 / n_in", "2.0 * n_in**-1"))

edit_alternative("float", part="he", replace=("2 / n_in", "float(2) / float(n_in)"))
edit_alternative("twice", part="he", replace=("2 / n_in", "2 * (1 / n_in)"))


@alternative(part="he")
def solved(n_in):
    return 1.0 / variance_after_relu(n_in, 1.0, 1.0)


edit(
    "without-relu",
    "Is the rule for layers without a ReLU.",
    hint="The ReLU takes away half of the mean square. What makes up for that?",
    part="he",
    replace=("2 / n_in", "1 / n_in"),
)
edit(
    "deviation",
    "Gives the standard deviation.",
    hint="The variance is asked for.",
    part="he",
    replace=("2 / n_in", "(2 / n_in) ** 0.5"),
)
edit(
    "upside-down",
    "Is upside down.",
    hint="The more inputs there are, the smaller the weights must be.",
    part="he",
    replace=("2 / n_in", "n_in / 2"),
)

edit(
    "mean-added-once",
    "Adds the squared mean once, and not for each of the products.",
    hint="Every product has the mean of the squares of its input: variance plus squared mean.",
    part="sum",
    replace=("n_in * weight_variance * (variance + mean * mean)", "n_in * weight_variance * variance + mean * mean"),
)
edit(
    "weights-squared",
    "Squares the variance of the weights.",
    hint="The variance of a product with a weight of mean 0 has the weight's variance once.",
    part="sum",
    replace=("n_in * weight_variance * (", "n_in * weight_variance**2 * ("),
)
