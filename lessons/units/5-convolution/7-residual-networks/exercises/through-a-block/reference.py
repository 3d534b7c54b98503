"""The backward pass of a residual block, with the Jacobian of its path given."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, plural


def input_gradient(dY, Y2, J):
    through = torch.where(Y2 > 0, dY, torch.zeros_like(dY))
    return through @ J + through


@cases("gradient")
def blocks(rng: Rng):
    for n, scale in ((5, 1.0), (7, 0.3), (1, 1.0), (30, 0.2), (6, 0.0)):
        J = scale * rng.normal(n, n, dtype=torch.float64)
        Y2 = rng.normal(n, dtype=torch.float64)
        Y2 = torch.where(Y2 < 0, Y2 - 0.1, Y2 + 0.1)
        yield case(dY=rng.normal(n, dtype=torch.float64), Y2=Y2, J=J, label=plural(n, "number") if scale else "a silent path", rtol=1e-9)


@check("is what autograd finds", part="gradient")
def agrees(got, ref, inputs):
    X = torch.zeros_like(inputs["dY"]).requires_grad_()
    Y = torch.relu(inputs["J"] @ X + X + inputs["Y2"])
    (right,) = torch.autograd.grad(Y, X, inputs["dY"])
    if isinstance(got, torch.Tensor) and got.shape == right.shape and torch.allclose(got.double(), right, rtol=1e-8, atol=1e-10):
        return None
    return Finding("Autograd finds a different derivative.", name="wrong-gradient")


@alternative
def transposed_product(dY, Y2, J):
    dY2 = dY * (Y2 > 0)
    return dY2 + J.T @ dY2


@alternative
def one_matrix(dY, Y2, J):
    whole = torch.diag((Y2 > 0).to(J.dtype)) @ (J + torch.eye(len(dY), dtype=J.dtype))
    return dY @ whole


@alternative
def with_einsum(dY, Y2, J):
    masked = dY * (torch.sign(Y2) + 1) / 2
    return torch.einsum("k,km->m", masked, J) + masked


@alternative
def entry_by_entry(dY, Y2, J):
    n = len(dY)
    result = torch.zeros(n, dtype=torch.float64)
    for m in range(n):
        for k in range(n):
            if Y2[k] > 0:
                result[m] += dY[k] * (J[k, m] + (k == m))
    return result


edit_alternative("with-a-mask", replace=("torch.where(Y2 > 0, dY, torch.zeros_like(dY))", "dY * (Y2 > 0)"))

edit(
    "no-skip",
    "Leaves out the skip connection.",
    hint="X reaches Y2 in two ways, and the derivatives of both are added.",
    replace=("through @ J + through", "through @ J"),
)
edit(
    "skip-only",
    "Leaves out the path.",
    hint="X reaches Y2 in two ways, and the derivatives of both are added.",
    replace=("through @ J + through", "through.clone()"),
)
edit(
    "not-transposed",
    "Multiplies by the Jacobian from the wrong side.",
    hint="Row k, column m has the derivative of output k with respect to input m. For input m, all the k are added up.",
    replace=("through @ J", "J @ through"),
)
edit(
    "no-relu",
    "Lets everything through the ReLU.",
    hint="Where Y2 was negative the ReLU was off, and nothing comes back.",
    replace=("torch.where(Y2 > 0, dY, torch.zeros_like(dY))", "dY"),
)
edit(
    "skip-around-the-relu",
    "Leads the skip connection around the ReLU.",
    hint="X is added before the ReLU. What comes back has passed it, along both ways.",
    replace=("through @ J + through", "through @ J + dY"),
)
edit(
    "relu-of-the-derivative",
    "Applies the ReLU to the derivative.",
    hint="The ReLU looks at Y2 on the way there. On the way back it multiplies by 1 or 0, and Y2 decides which.",
    replace=("torch.where(Y2 > 0, dY, torch.zeros_like(dY))", "torch.relu(dY)"),
)
edit(
    "relu-at-the-input",
    "Applies the mask of the ReLU after the path, at the input.",
    hint="The ReLU is the last thing on the way there, so it is the first on the way back: mask what has arrived, then go through the path.",
    replace=[("torch.where(Y2 > 0, dY, torch.zeros_like(dY))", "dY"), ("through @ J + through", "(through @ J + through) * (Y2 > 0)")],
)

edit(
    "skip-twice",
    "Adds what comes through the skip connection twice.",
    hint="X enters the sum once.",
    replace=("+ through", "+ 2 * through"),
)
