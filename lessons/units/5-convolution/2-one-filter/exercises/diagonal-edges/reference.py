"""A kernel whose sign changes across a diagonal. Any kernel with the properties of the prompt is right."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, mistake


def diagonal_kernel():
    upper = torch.ones(3, 3).triu(1)
    return upper - upper.T


@cases("kernel")
def once(rng: Rng):
    yield case(label="the kernel", compare=False)


def steps():
    upper, horizontal = torch.ones(12, 12).triu(1), (torch.arange(12) // 6)[:, None].expand(12, 12)
    return {"horizontal": horizontal, "vertical": horizontal.T, "main diagonal": upper, "other diagonal": upper.flip(1)}


def responses(kernel):
    pictures = torch.stack([one.to(kernel.dtype) for one in steps().values()])[:, None]
    found = torch.nn.functional.conv2d(pictures, kernel[None, None]).abs().amax((1, 2, 3))
    return dict(zip(steps(), found.tolist(), strict=True))


def usable(got):
    return isinstance(got, torch.Tensor) and got.shape == (3, 3) and got.dtype == torch.float32 and bool(got.isfinite().all())


FORM = Finding("A float32 tensor of size 3 x 3 is wanted.", name="form")


@check("its numbers add up to 0", part="kernel")
def balanced(got, ref, inputs):
    if not usable(got):
        return FORM
    total = got.double().sum().item()
    return None if abs(total) <= 1e-5 else Finding(f"The numbers add up to {total:.4g}.", name="not-balanced", expected="0", got=f"{total:.4g}")


@check("one diagonal gives the largest response", part="kernel")
def diagonal(got, ref, inputs):
    if not usable(got):
        return FORM
    found = responses(got)
    best = max(("main diagonal", "other diagonal"), key=lambda name: found[name])
    rest = max(value for name, value in found.items() if name != best)
    if found[best] > 0 and found[best] - rest >= 0.1 * found[best] * (1 - 1e-6):
        return None
    told = ", ".join(f"{name} {value:.3g}" for name, value in found.items())
    return Finding(f"The responses are {told}.", name="not-diagonal", expected="one of the diagonals larger than the other three, by a tenth of itself")


@alternative(part="kernel")
def written_out():
    return torch.tensor([[0.0, 1, 1], [-1, 0, 1], [-1, -1, 0]])


@alternative(part="kernel")
def the_other_diagonal():
    return torch.tensor([[0.0, 1, 1], [-1, 0, 1], [-1, -1, 0]]).flip(1)


@alternative(part="kernel")
def stronger_at_the_corner():
    return torch.tensor([[0.0, 1, 2], [-1, 0, 1], [-2, -1, 0]])


@alternative(part="kernel")
def a_line_detector():
    return 3 * torch.eye(3) - 1


@alternative(part="kernel")
def the_other_side():
    return 0.1 * torch.tensor([[0.0, -1, -1], [1, 0, -1], [1, 1, 0]])


@mistake("identity", "Takes the mean along the diagonal.", hint="What does your kernel give on an even area? It should be 0.", part="kernel")
def identity():
    return torch.eye(3)


@mistake("columns", "Finds vertical edges.", hint="Is the change of sign across a column or across a diagonal?", part="kernel")
def columns():
    return torch.tensor([[-1.0, 0, 1]]).repeat(3, 1)


@mistake("rows", "Finds horizontal edges.", hint="Is the change of sign across a row or across a diagonal?", part="kernel")
def rows():
    return torch.tensor([[-1.0], [0], [1]]).repeat(1, 3)


@mistake(
    "two-corners",
    "Compares two corners only.",
    hint="Horizontal and vertical edges lie between two corners too. Take more of the pixels on each side of the diagonal.",
    part="kernel",
)
def two_corners():
    return torch.tensor([[1.0, 0, 0], [0, 0, 0], [0, 0, -1]])


@mistake(
    "laplacian",
    "Finds edges of every direction alike.",
    hint="A kernel that looks the same from all sides cannot tell directions apart. It should have a side of its own.",
    part="kernel",
)
def laplacian():
    return torch.tensor([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]])
