"""A convolution layer by two loops; and by one for each entry of the kernel."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, script


def first_numbers(p, q):
    return (2 * torch.rand(p, q) - 1) / (p * q) ** 0.5


class ConvLayer_1(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        p, q = kernel_size
        self.kern = nn.Parameter(first_numbers(p, q))

    def forward(self, X):
        p, q = self.kern.shape
        rows, columns = X.shape[1] - p + 1, X.shape[2] - q + 1
        total = torch.zeros(len(X), rows, columns)
        for i in range(p):
            for j in range(q):
                total = total + X[:, i : i + rows, j : j + columns] * self.kern[i, j]
        return total


SIZES = ((37, 50), (1, 1500), (1500, 1), (60, 25))


@cases("layer")
def lives(rng: Rng):
    for n, h, w, p, q in ((5, 7, 6, 3, 2), (3, 5, 7, 1, 3), (3, 3, 5, 3, 5)):
        x, kern = rng.normal(n, h, w), rng.normal(p, q)
        s = script(f"{n} pictures of {h} x {w}, kernel {p} x {q}", rtol=1e-4, atol=1e-5, x=x, kern=kern)
        layer = s.new("ConvLayer_1", (p, q))
        s.observe(layer, "parameters", "buffers", "loose", label="what it holds")
        s.set(layer, {"kern": kern})
        made = s.call(layer, x, label="forward", wrt=[0] if n == 5 else [])
        if n == 5:
            s.backward(rng.normal(n, h - p + 1, w - q + 1), of=made)
            s.grads(layer, label="gradient of the kernel")
            s.grads(made, label="gradient of the pictures")
        if n == 5:
            s.call(layer, rng.normal(2, h + 1, w), label="larger pictures")
        yield s


@cases("start")
def beginnings(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("four kernels", weight=0)
    for number, size in enumerate(SIZES):
        s.call("first_numbers", *size, label=f"kernel {number + 1}", compare=False)
    yield s


def begun(got):
    """The four kernels; None where one is missing."""
    found = [got[f"kernel {number + 1}"] for number in range(len(SIZES))]
    if all(isinstance(one, torch.Tensor) and one.dtype == torch.float32 and tuple(one.shape) == size for one, size in zip(found, SIZES, strict=True)):
        return found
    return None


@check("the numbers at the beginning", part="start")
def beginning(got, ref, inputs):
    kernels = begun(got)
    if kernels is None:
        return Finding("A tensor of the kernel's size is wanted, float32.", name="form")
    for kern in kernels:
        flat, K = kern.double().flatten(), kern.numel()
        bound = K**-0.5
        high, mean, variance = flat.abs().max().item() / bound, flat.mean().item(), 3 * K * flat.var().item()
        if not high <= 1 + 1e-5:
            return Finding(f"The largest number is {high:.4g} times the bound, in a kernel of {K} entries.", name="too-large", expected="1 or less", got=f"{high:.4g}")
        if abs(mean) > 6 * (1 / 3) ** 0.5 * bound / K**0.5:
            return Finding("The mean is not 0.", name="mean", expected="0", got=f"{mean:.4g}", hint="Are there as many negative numbers as positive ones?")
        if not high >= 0.95 or abs(variance - 1) > 0.15:
            return Finding(f"The variance is {variance:.3g} times that of the uniform distribution.", name="spread", expected="within 15 %", got=f"{variance:.3g}")
    if all(one.flatten()[:5].tolist() == kernels[1].flatten()[:5].tolist() for one in kernels[1:]):
        return Finding("Every kernel begins with the same numbers.", name="not-random", hint="Do not set a seed.")
    return None


@alternative(part="layer")
class ByPlaces(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.size = kernel_size
        bound = torch.tensor(kernel_size).prod().item() ** -0.5
        self.kern = nn.Parameter(torch.empty(kernel_size).uniform_(-bound, bound))

    def forward(self, X):
        p, q = self.size
        output = torch.empty(X.shape[0], X.shape[1] - p + 1, X.shape[2] - q + 1)
        for i in range(output.shape[1]):
            for j in range(output.shape[2]):
                output[:, i, j] = (X[:, i : i + p, j : j + q] * self.kern).sum(dim=(1, 2))
        return output


@alternative(part="layer")
class Stacked(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.kern = nn.Parameter(torch.zeros(*kernel_size))
        nn.init.uniform_(self.kern, -(self.kern.numel() ** -0.5), self.kern.numel() ** -0.5)

    def forward(self, X):
        p, q = self.kern.shape
        return torch.stack(
            [
                torch.stack([torch.einsum("nij,ij->n", X[:, i : i + p, j : j + q], self.kern) for j in range(X.shape[2] - q + 1)], dim=1)
                for i in range(X.shape[1] - p + 1)
            ],
            dim=1,
        )


edit_alternative("by-square-root", part="start", replace=("(2 * torch.rand(p, q) - 1) / (p * q) ** 0.5", "(torch.rand(p, q) - 0.5) * 2 / torch.tensor(p * q).sqrt()"))
edit_alternative("sum-of-products", part="layer", replace=("total = total + X[:, i : i + rows, j : j + columns] * self.kern[i, j]", "total = total.add(self.kern[i, j] * X[:, i : i + rows, j : j + columns])"))
edit_alternative("in-place", part="layer", replace=("total = total + X", "total += X"))
edit_alternative("new-zeros", part="layer", replace=("torch.zeros(len(X), rows, columns)", "X.new_zeros(len(X), rows, columns)"))


def begins(test):
    """Whether the kernels of the last script are as `test` has it, for all numbers and the bound."""

    def asked(got, ref, inputs):
        kernels = begun(got)
        return kernels is not None and all(test(one.double().flatten(), one.numel(), one.shape) for one in kernels)

    return asked


def gives(wanted):
    """Whether the first result is `wanted` of the pictures and the kernel."""

    def asked(got, ref, inputs):
        result = got.get("forward")
        if not isinstance(result, torch.Tensor):
            return False
        if inputs["raised"] and "grad_output" not in inputs["raised"] and "size" not in inputs["raised"] and "shape" not in inputs["raised"]:
            return False
        right = wanted(inputs["x"][:, None], inputs["kern"][None, None])[:, 0]
        return result.shape == right.shape and torch.allclose(result, right, rtol=1e-3, atol=1e-4)

    return asked


edit(
    "only-positive",
    "Draws positive numbers only.",
    hint="Where is the left end of the interval? Stretch [0, 1] to the right length, and then shift it.",
    part="start",
    replace=("(2 * torch.rand(p, q) - 1)", "torch.rand(p, q)"),
    when=begins(lambda flat, K, size: bool((flat >= 0).all())),
)
edit(
    "no-root",
    "Takes 1/K for the bound.",
    hint="The bound is 1 over the *root* of K.",
    part="start",
    replace=("(p * q) ** 0.5", "(p * q)"),
    when=begins(lambda flat, K, size: 0.9 < flat.abs().max().item() * K <= 1.001),
)
edit(
    "normal",
    "Draws from a normal distribution, or without a bound.",
    hint="A uniform distribution is wanted: `torch.rand`, stretched and shifted.",
    part="start",
    replace=("(2 * torch.rand(p, q) - 1) / (p * q) ** 0.5", "torch.randn(p, q)"),
    when=begins(lambda flat, K, size: flat.abs().max().item() > 2),
)
edit(
    "half-as-wide",
    "Draws from an interval of half the length.",
    hint="From -1/root to 1/root the length is 2/root.",
    part="start",
    replace=("(2 * torch.rand(p, q) - 1)", "(torch.rand(p, q) - 0.5)"),
    when=begins(lambda flat, K, size: 0.45 < flat.abs().max().item() * K**0.5 <= 0.501),
)
edit(
    "rows-only-counted",
    "Counts the rows of the kernel instead of its entries.",
    hint="K is the number of entries, p times q.",
    part="start",
    replace=("(p * q) ** 0.5", "p**0.5"),
    when=begins(lambda flat, K, size: 0.9 < flat.abs().max().item() * size[0] ** 0.5 <= 1.001),
)


edit(
    "turned",
    "Turns the kernel by 180 degrees.",
    hint="Here the kernel stays as it is: the window's first number is multiplied by the kernel's first number.",
    part="layer",
    replace=("self.kern[i, j]", "self.kern[p - 1 - i, q - 1 - j]"),
    when=gives(lambda x, kern: torch.nn.functional.conv2d(x, kern.flip(2, 3))),
)
edit(
    "one-too-few",
    "Loses the last row and the last column.",
    hint="How many places does a window of width 3 have in a row of 3?",
    part="layer",
    replace=("X.shape[1] - p + 1, X.shape[2] - q + 1", "X.shape[1] - p, X.shape[2] - q"),
    when=gives(lambda x, kern: torch.nn.functional.conv2d(x, kern)[:, :, :-1, :-1]),
)
edit(
    "transposed-kernel",
    "Transposes the kernel.",
    hint="Is `kern` an `nn.Parameter` with p rows and q columns? What is computed from a parameter is none.",
    part="layer",
    replace=("first_numbers(p, q)", "first_numbers(q, p)"),
    when=lambda got, ref, inputs: "x" in inputs and got["what it holds"] != ref["what it holds"],
)


# --- what it begins with ------------------------------------------------------------------------------------------

edit_alternative("uniform-in-place", part="start", replace=(
    "(2 * torch.rand(p, q) - 1) / (p * q) ** 0.5", "torch.empty(p, q).uniform_(-((p * q) ** -0.5), (p * q) ** -0.5)"
))  # fmt: skip
edit_alternative("stretched-and-shifted", part="start", replace=(
    "(2 * torch.rand(p, q) - 1) / (p * q) ** 0.5", "2 / (p * q) ** 0.5 * torch.rand(p, q) - 1 / (p * q) ** 0.5"
))  # fmt: skip
edit_alternative("in-float64-first", part="start", replace=(
    "(2 * torch.rand(p, q) - 1) / (p * q) ** 0.5", "((1 - 2 * torch.rand(p, q, dtype=torch.float64)) / (p * q) ** 0.5).float()"
))  # fmt: skip


@alternative(part="start")
def by_init(p, q):
    kernel = torch.zeros(p, q)
    torch.nn.init.uniform_(kernel, -(kernel.numel() ** -0.5), kernel.numel() ** -0.5)
    return kernel


edit(
    "always-alike",
    "Begins with the same numbers each time.",
    hint="Do not set a seed.",
    part="start",
    replace=("return (2", "torch.manual_seed(0)\n    return (2"),
    when=lambda got, ref, inputs: begun(got) is not None and (beginning(got, ref, inputs) or FINE).name == "not-random",
)
FINE = Finding("")
