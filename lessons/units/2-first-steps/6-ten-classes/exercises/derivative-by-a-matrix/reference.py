"""The derivatives of Z = Wx + b: the identity, and a block for each sum with the input in one row."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake


def dZ_db(b):
    return torch.diag(torch.ones_like(b))


def dZ_dW(x, k):
    result = torch.zeros(k, k, len(x), dtype=x.dtype)
    for m in range(k):
        result[m, m] = x
    return result


@cases("bias")
def biases(rng: Rng):
    for k in (10, 3, 7):
        yield case(b=rng.normal(k, dtype=torch.float64), label=f"{k} classes", rtol=1e-8)


@cases("weights")
def inputs(rng: Rng):
    for k, d in ((3, 5), (7, 3), (10, 784)):
        yield case(x=rng.normal(d, dtype=torch.float64), k=k, label=f"{d} inputs, {k} classes", rtol=1e-8)


@check("is what autograd finds", part="weights", only="5 inputs, 3 classes")
def as_autograd(got, ref, inputs):
    x, k = inputs["x"], inputs["k"]
    W = torch.zeros(k, len(x), dtype=torch.float64)
    right = torch.autograd.functional.jacobian(lambda W: W @ x, W)
    if got.shape == right.shape and torch.allclose(got, right, rtol=1e-8):
        return None
    return Finding("Autograd finds different derivatives of Wx + b.")


# --- by the bias --------------------------------------------------------------------------------------------------


@alternative(part="bias")
def identity(b):
    return torch.eye(len(b), dtype=torch.float64)


@alternative(part="bias")
def identity_converted(b):
    return torch.eye(b.numel()).double()


@alternative(part="bias")
def in_loops(b):
    result = torch.zeros(len(b), len(b), dtype=b.dtype)
    for m in range(len(b)):
        for p in range(len(b)):
            if m == p:
                result[m, p] = 1
    return result


@alternative(part="bias")
def by_comparison(b):
    index = torch.arange(len(b))
    return (index[:, None] == index).to(b.dtype)


@alternative(part="bias")
def one_hot_rows(b):
    return torch.nn.functional.one_hot(torch.arange(len(b))).to(b)


edit(
    "vector-of-ones",
    "Gives the diagonal only.",
    hint="A vector with respect to a vector: two indices. What is the derivative of z_3 with respect to b_5?",
    part="bias",
    replace=("torch.diag(torch.ones_like(b))", "torch.ones_like(b)"),
)
edit(
    "matrix-of-ones",
    "Fills the whole matrix with ones.",
    hint="b_p is added to z_p only. What is the derivative of z_m for another m?",
    part="bias",
    replace=("torch.diag(torch.ones_like(b))", "torch.ones(len(b), len(b), dtype=b.dtype)"),
)
edit(
    "bias-on-the-diagonal",
    "Has b itself on the diagonal.",
    hint="z_m contains b_m with the factor 1. Its derivative is that factor.",
    part="bias",
    replace=("torch.ones_like(b)", "b"),
)
edit(
    "float32",
    "Is made in float32.",
    hint="torch.eye makes float32 unless you say otherwise: dtype=b.dtype.",
    part="bias",
    replace=("torch.diag(torch.ones_like(b))", "torch.eye(len(b))"),
)


# --- by the weights -----------------------------------------------------------------------------------------------


@alternative(part="weights")
def broadcast(x, k):
    return torch.eye(k, dtype=x.dtype).unsqueeze(2) * x


@alternative(part="weights")
def kronecker(x, k):
    return torch.kron(torch.eye(k, dtype=torch.float64), x[None]).reshape(k, k, len(x))


@alternative(part="weights")
def einsum(x, k):
    return torch.einsum("mp,q->mpq", torch.eye(k, dtype=torch.float64), x)


@alternative(part="weights")
def three_loops(x, k):
    result = torch.zeros(k, k, len(x), dtype=torch.float64)
    for m in range(k):
        for p in range(k):
            if m == p:
                for q in range(len(x)):
                    result[m, p, q] = x[q]
    return result


@alternative(part="weights")
def stacked(x, k):
    blocks = []
    for m in range(k):
        above, below = torch.zeros(m, len(x)).to(x), torch.zeros(k - m - 1, len(x)).to(x)
        blocks.append(torch.cat([above, x.unsqueeze(0), below]))
    return torch.stack(blocks)


@alternative(part="weights")
def by_index(x, k):
    result, m = x.new_zeros(k, k, x.numel()), torch.arange(k)
    result[m, m, :] = x
    return result


@mistake(
    "rows-of-input",
    "Gives a matrix whose rows are all the input.",
    hint="A vector with respect to a matrix: count the indices, there are three. You have added up all the sums.",
    part="weights",
)
def rows_of_input(x, k):
    return x.expand(k, -1)


@mistake(
    "every-block-full",
    "Has the input in every row of every block.",
    hint="z_m contains the weights of row m only. What is in the other rows of block m?",
    part="weights",
)
def every_block_full(x, k):
    return x.expand(k, k, -1)


edit(
    "input-only",
    "Gives the input.",
    hint="X is shorthand. A vector with respect to a matrix: count the indices, there are three.",
    part="weights",
    of=broadcast,
    replace=("torch.eye(k, dtype=x.dtype).unsqueeze(2) * ", ""),
)


@mistake(
    "long-vector",
    "Writes W as one long vector.",
    hint="That is the matrix for the weights as one long vector, and right as such. Three indices are wanted.",
    part="weights",
)
def long_vector(x, k):
    return torch.kron(torch.eye(k, dtype=x.dtype), x[None])


@mistake(
    "indices-moved",
    "Has the index of the input in the middle.",
    hint="The order of the indices is m, p, q: the sum, then row and column of the weight.",
    part="weights",
)
def indices_moved(x, k):
    return dZ_dW(x, k).transpose(1, 2)


@mistake(
    "ones-on-the-diagonal",
    "Gives 1 where x belongs.",
    hint="A weight is multiplied by an input. Its derivative is that input, not 1.",
    part="weights",
)
def ones_on_the_diagonal(x, k):
    return dZ_dW(torch.ones_like(x), k)
