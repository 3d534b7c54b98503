"""The factors of the chain rule for softmax and cross entropy, and their product: error times input once more."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, gradient, mistake


def dH_dy(y, yt):
    return -(yt / y)


def dy_dz(z):
    y = output(z)
    return torch.diag(y) - y[:, None] * y


def dz_dw(x, m, p, q):
    return float(m == p) * x[q]


def grad_H(W, b, x, yt):
    error = output(W @ x + b) - yt
    return error[:, None] * x, error


def output(z):
    return torch.softmax(z, 0)


def cross_entropy(y, yt):
    return -(yt * torch.log(y)).sum()


def contribution(W, b, x, yt):
    return cross_entropy(torch.softmax(W @ x + b, 0), yt)


def label(rng, k):
    yt = torch.zeros(k, dtype=torch.float64)
    yt[rng.integers(0, k)] = 1
    return yt


@cases("outputs")
def outputs(rng: Rng):
    for k in (10, 3, 7):
        y, yt = output(rng.normal(k, dtype=torch.float64)), label(rng, k)
        yield case(
            y=y, yt=yt, label=f"{k} outputs", rtol=1e-8, gradient=gradient(cross_entropy, {"y": y}, fixed={"yt": yt})
        )


@cases("softmax")
def sums(rng: Rng):
    for k in (10, 3, 7):
        yield case(z=rng.normal(k, dtype=torch.float64), label=f"{k} sums", rtol=1e-8)


@check("is what autograd finds", part="softmax")
def as_autograd(got, ref, inputs):
    right = torch.autograd.functional.jacobian(lambda z: torch.softmax(z, 0), inputs["z"])
    if got.shape == right.shape and torch.allclose(got, right, rtol=1e-8, atol=1e-10):
        return None
    return Finding("Autograd finds different derivatives of the softmax.")


@check("symmetric, and each row adds up to 0", part="softmax")
def rows(got, ref, inputs):
    if not torch.allclose(got, got.T, atol=1e-12):
        return Finding("It should make no difference whether k and m are swapped.", name="not-symmetric")
    if not torch.allclose(got.sum(1), torch.zeros_like(got[0]), atol=1e-10):
        return Finding(
            "A row does not add up to 0.",
            name="rows-do-not-cancel",
            hint="If all z grow by the same amount the softmax stays the same: the changes must cancel.",
        )
    return None


@cases("sums")
def weights(rng: Rng):
    k, d = 10, 784
    x = rng.normal(d, dtype=torch.float64)
    for number in range(4):
        p, q = rng.integers(0, k), rng.integers(0, d)
        m = p if number % 2 == 0 else (p + rng.integers(1, k)) % k
        yield case(x=x, m=m, p=p, q=q, label=f"m = {m}, p = {p}, q = {q}", rtol=1e-8, canonical=number_of)
    x = rng.normal(5, dtype=torch.float64)
    yield case(x=x, m=2, p=2, q=4, label="five inputs, m = p = 2, q = 4", rtol=1e-8, canonical=number_of)
    yield case(x=x, m=0, p=2, q=0, label="five inputs, m = 0, p = 2, q = 0", rtol=1e-8, canonical=number_of)


def number_of(value):
    """A Python number or a tensor without dimensions of any dtype, as a float."""
    return float(value) if isinstance(value, int | float) or value.dim() == 0 else value


@cases("together")
def networks(rng: Rng):
    for k, d in ((3, 5), (7, 11), (10, 784)):
        W, b = rng.normal(k, d, dtype=torch.float64) / d**0.5, rng.normal(k, dtype=torch.float64)
        x, yt = rng.uniform(d, dtype=torch.float64), label(rng, k)
        yield case(
            W=W,
            b=b,
            x=x,
            yt=yt,
            label=f"{d} inputs, {k} classes",
            rtol=1e-8,
            gradient=gradient(contribution, {"W": W, "b": b}, fixed={"x": x, "yt": yt}),
        )


# --- from the cost to the outputs ---------------------------------------------------------------------------------


edit_alternative("over-the-output", part="outputs", replace=("-(yt / y)", "-yt / y"))


@alternative(part="outputs")
def with_where(y, yt):
    return torch.where(yt == 1, -1 / y, torch.zeros_like(y))


@alternative(part="outputs")
def in_a_loop(y, yt):
    result = torch.zeros(len(y), dtype=torch.float64)
    for k in range(len(y)):
        result[k] = -yt[k] / y[k]
    return result


@alternative(part="outputs")
def at_the_true_class(y, yt):
    k = int(yt.argmax())
    result = torch.zeros_like(y)
    result[k] = -(y[k] ** -1)
    return result


@alternative(part="outputs")
def with_the_reciprocal(y, yt):
    return yt.neg() * y.reciprocal()


edit(
    "sign",
    "Has the opposite sign.",
    hint="H falls when the true class gets more. Which sign is that?",
    part="outputs",
    replace=("-(yt / y)", "yt / y"),
)
edit(
    "every-output",
    "Gives every output a slope.",
    hint="The label picks one of the logarithms. How does H change with another output, with everything else fixed?",
    part="outputs",
    replace=("yt / y", "1 / y"),
)
edit(
    "both-terms",
    "Differentiates the cost of the single neuron.",
    hint="There is no term with 1 - y any more. The other classes have outputs of their own.",
    part="outputs",
    replace=("-(yt / y)", "-(yt / y - (1 - yt) / (1 - y))"),
)
edit(
    "not-differentiated",
    "Gives the terms of H themselves.",
    hint="The derivative is wanted. What is the derivative of log y?",
    part="outputs",
    replace=("-(yt / y)", "-yt * torch.log(y)"),
)
edit(
    "through-the-softmax",
    "Is the derivative with respect to z.",
    hint="One step at a time: y is the variable here. The softmax comes in the next function.",
    part="outputs",
    replace=("-(yt / y)", "y - yt"),
)


# --- through the softmax ------------------------------------------------------------------------------------------


@alternative(part="softmax")
def diagonal_minus_outer(z):
    y = z.exp() / z.exp().sum()
    return torch.diag(y) - torch.outer(y, y)


@alternative(part="softmax")
def with_the_identity(z):
    y = torch.softmax(z, dim=0)
    return y.unsqueeze(1) * (torch.eye(len(z), dtype=torch.float64) - y)


@alternative(part="softmax")
def two_cases(z):
    y = torch.softmax(z, dim=0)
    result = torch.empty(len(z), len(z), dtype=torch.float64)
    for k in range(len(z)):
        for m in range(len(z)):
            result[k, m] = y[k] * (1 - y[k]) if k == m else -y[k] * y[m]
    return result


@alternative(part="softmax")
def quotient_rule(z):
    e = torch.exp(z)
    s = e.sum()
    return (torch.diag(e) * s - e.reshape(-1, 1) @ e.reshape(1, -1)) / s**2


@alternative(part="softmax")
def diagonal_filled_in(z):
    y = torch.softmax(z, dim=-1)
    result = -torch.einsum("k,m->km", y, y)
    result.fill_diagonal_(0.0)
    return result + (y * (1 - y)).diag()


edit(
    "diagonal-only",
    "Leaves out how an output depends on the other sums.",
    hint="The denominator contains all z, so every output depends on every sum.",
    part="softmax",
    replace=("torch.diag(y) - y[:, None] * y", "torch.diag(y * (1 - y))"),
)
edit(
    "diagonal-vector",
    "Gives a vector, as if output k depended on sum k alone.",
    hint="A row for each output and a column for each sum: the denominator contains all z.",
    part="softmax",
    replace=("torch.diag(y) - y[:, None] * y", "y * (1 - y)"),
)


@mistake(
    "off-diagonal-sign",
    "Has the wrong sign off the diagonal.",
    hint="If another sum grows, the denominator grows. Does this output rise or fall?",
    part="softmax",
)
def off_diagonal_sign(z):
    y = output(z)
    result = y[:, None] * y
    return result.diagonal_scatter(y * (1 - y))


edit(
    "numerator-forgotten",
    "Differentiates the denominator only.",
    hint="For m = k the numerator contains z too. The quotient rule has two terms.",
    part="softmax",
    replace=("torch.diag(y) - y[:, None]", "-y[:, None]"),
)
edit(
    "denominator-forgotten",
    "Treats the denominator as a constant.",
    hint="The denominator contains all z: it changes too.",
    part="softmax",
    replace=(" - y[:, None] * y", ""),
)
edit(
    "whole-sign",
    "Has the opposite sign.",
    hint="If z_k grows, so does y_k: the diagonal is positive.",
    part="softmax",
    replace=("torch.diag(y) - y[:, None] * y", "y[:, None] * y - torch.diag(y)"),
)


# --- from a sum to a weight ---------------------------------------------------------------------------------------


@alternative(part="sums")
def by_cases(x, m, p, q):
    if m == p:
        return x[q]
    return torch.tensor(0.0, dtype=torch.float64)


@alternative(part="sums")
def in_numbers(x, m, p, q):
    return x[q].item() if m == p else 0.0


@alternative(part="sums")
def kronecker(x, m, p, q):
    delta = 1 if m == p else 0
    return delta * x[q]


@alternative(part="sums")
def from_a_block(x, m, p, q):
    block = torch.zeros(max(m, p) + 1, len(x), dtype=torch.float64)
    block[m] = x
    return block[p, q]


@alternative(part="sums")
def where_equal(x, m, p, q):
    return torch.where(torch.tensor(m == p), x[q], torch.zeros_like(x[q]))


edit(
    "any-row",
    "Does not ask whether the weight belongs to this sum.",
    hint="Does z_m contain any weight from a row other than m?",
    part="sums",
    replace=("float(m == p) * ", ""),
)


@mistake(
    "index-p",
    "Takes the input of the wrong index.",
    hint="w_{p,q} is multiplied by an input. Which of its two indices does that input have?",
    part="sums",
    when=lambda got, ref, inputs: bool((torch.as_tensor(got) == inputs["x"][inputs["p"]]).all()),
)
def index_p(x, m, p, q):
    return x[p] if m == p else torch.zeros_like(x[0])


edit(
    "one",
    "Gives 1 where x belongs.",
    hint="That is the derivative with respect to the bias. A weight is multiplied by something.",
    part="sums",
    replace=("x[q]", "torch.ones_like(x[q])"),
)
edit(
    "other-rows",
    "Is 0 where it should not be, and the other way round.",
    hint="For m = p the weight occurs in the sum, otherwise it does not.",
    part="sums",
    replace=("m == p", "m != p"),
)
edit(
    "whole-input",
    "Gives the whole input.",
    hint="One weight is wanted: w_{p,q} meets only one input.",
    part="sums",
    replace=("x[q]", "x"),
)


# --- all together -------------------------------------------------------------------------------------------------


@alternative(part="together")
def by_the_chain_rule(W, b, x, yt):
    y = torch.softmax(W @ x + b, dim=0)
    dH_dz = (-yt / y) @ (torch.diag(y) - torch.outer(y, y))
    return torch.outer(dH_dz, x), dH_dz


@alternative(part="together")
def row_by_row(W, b, x, yt):
    z = W @ x + b
    y = torch.exp(z - z.max())
    y = y / y.sum()
    rows = [(y[p] - yt[p]) * x for p in range(len(b))]
    return torch.stack(rows), y - yt


@alternative(part="together")
def as_matrices(W, b, x, yt):
    error = torch.softmax(torch.addmv(b, W, x), 0).sub(yt)
    return error.reshape(-1, 1) @ x.reshape(1, -1), error


@alternative(part="together")
def with_indices(W, b, x, yt):
    error = output(torch.einsum("pq,q->p", W, x) + b) - yt
    return torch.einsum("p,q->pq", error, x), error


@alternative(part="together")
def all_paths(W, b, x, yt):
    y = torch.softmax(W @ x + b, dim=0)
    dW, db = torch.zeros_like(W), torch.zeros_like(b)
    for m in range(len(b)):
        for k in range(len(b)):
            path = -yt[k] / y[k] * (y[k] * (1 - y[k]) if k == m else -y[k] * y[m])
            dW[m] += path * x
            db[m] += path
    return dW, db


@alternative(part="together")
def true_class_less_one(W, b, x, yt):
    y = torch.softmax(W @ x + b, dim=0)
    y[yt.argmax()] -= 1
    return y.unsqueeze(1) * x.unsqueeze(0), y


@mistake(
    "one-path-only",
    "Follows only the path through the sum's own output.",
    hint="Sum over all paths in the diagram: from z_m one path leads to every output.",
    part="together",
)
def one_path_only(W, b, x, yt):
    y = output(W @ x + b)
    error = -yt * (1 - y)
    return torch.outer(error, x), error


edit(
    "sign",
    "Has the opposite sign.",
    hint="Compare with the binary case, (y - y_t) x: which of the two is subtracted?",
    part="together",
    replace=("output(W @ x + b) - yt", "yt - output(W @ x + b)"),
)
edit(
    "transposed",
    "Gives the weight gradient transposed.",
    hint="The gradient must have the shape of W: a row for each class, a column for each pixel.",
    part="together",
    replace=("error[:, None] * x, error", "x[:, None] * error, error"),
)
edit(
    "softmax-skipped",
    "Leaves out the step through the softmax.",
    hint="You went from H to Y and from Z to the weights. The step between is missing: the matrix of dy_dz.",
    part="together",
    replace=("output(W @ x + b) - yt", "-yt / output(W @ x + b)"),
)


@mistake(
    "slope-kept",
    "Keeps a factor y(1 - y).",
    hint="The slopes of the softmax cancel with 1/y. Add up all paths before you simplify.",
    part="together",
)
def slope_kept(W, b, x, yt):
    y = output(W @ x + b)
    error = (y - yt) * y * (1 - y)
    return torch.outer(error, x), error


edit(
    "sigmoid",
    "Takes the sigmoid of each sum.",
    hint="Ten classes, one softmax: the outputs add up to 1. A sigmoid for each would not.",
    part="together",
    replace=("output(W @ x + b)", "torch.sigmoid(W @ x + b)"),
)
edit(
    "bias-gradient-summed",
    "Adds up the bias gradient.",
    hint="There is a bias for each class, so there is a derivative for each.",
    part="together",
    replace=("error[:, None] * x, error", "error[:, None] * x, error.sum()"),
)
edit(
    "bias-first",
    "Returns b's gradient first.",
    hint="The weights come first, then the bias.",
    part="together",
    replace=("error[:, None] * x, error", "error, error[:, None] * x"),
)
