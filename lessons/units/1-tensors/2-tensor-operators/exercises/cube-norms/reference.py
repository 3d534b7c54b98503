"""A hundred little matrices: one line for each function."""

import torch

from grader.spec import (
    Finding,
    GeneratorInput,
    Rng,
    alternative,
    case,
    cases,
    check,
    edit,
    edit_alternative,
    mistake,
    script,
)


def make_cube(generator=None):
    return torch.rand(100, 2, 2, generator=generator)


def eigs(A):
    return torch.linalg.eigvals(A)


def fro(A):
    return torch.linalg.matrix_norm(A)


def euclid(A):
    return torch.linalg.vector_norm(A)


def inf_norms(A):
    return torch.linalg.matrix_norm(A, ord=float("inf"), dim=(0, 1))


# --- the cube: more than one result is right, so only checks judge ------------------------------------------------


@cases("cube")
def draws(rng: Rng):
    s = script("a cube", weight=0)
    s.call("make_cube", rng.generator(), label="cube", compare=False)
    yield s

    seed = rng.generator().seed
    s = script("two generators of one seed", weight=0)
    s.call("make_cube", GeneratorInput(seed), label="first", compare=False)
    s.call("make_cube", GeneratorInput(seed), label="second", compare=False)
    yield s

    s = script("two calls without a generator", weight=0)
    s.call("make_cube", label="first", compare=False)
    s.call("make_cube", label="second", compare=False)
    yield s


def is_cube(value):
    return isinstance(value, torch.Tensor) and value.is_floating_point() and tuple(value.shape) == (100, 2, 2)


@check("the size 100 x 2 x 2", part="cube")
def size(got, ref, inputs):
    for value in got.values():
        if not isinstance(value, torch.Tensor):
            return Finding("A tensor is expected.", name="no-tensor", got=type(value).__name__)
        if tuple(value.shape) != (100, 2, 2):
            return Finding("The size is wrong.", expected="(100, 2, 2)", got=str(tuple(value.shape)))
        if value.dtype != torch.float32:
            return Finding("The dtype is wrong.", expected="torch.float32", got=str(value.dtype))
    return None


@check("uniform on [0, 1)", part="cube", only="a cube", weight=2)
def uniform(got, ref, inputs):
    value = got["cube"]
    if not is_cube(value):
        return Finding("This can only be said of real numbers in the right size.")
    low, high = value.min().item(), value.max().item()
    if not (low >= 0 and high < 1):
        return Finding("There are entries outside [0, 1).", name="range", got=f"from {low:.3g} to {high:.3g}")
    # 400 entries: 5 standard deviations are 0.072 for the mean, and 43 for the count of a quarter
    mean = value.mean().item()
    if abs(mean - 0.5) > 0.08:
        return Finding("The mean is not that of [0, 1).", name="mean", expected="about 0.5", got=f"{mean:.3f}")
    for quarter in range(4):
        count = int(((value >= quarter / 4) & (value < (quarter + 1) / 4)).sum())
        if not 55 <= count <= 145:
            return Finding(
                "The entries do not fill [0, 1) evenly.",
                name="uneven",
                expected=f"about 100 of 400 entries between {quarter / 4} and {(quarter + 1) / 4}",
                got=str(count),
            )
    return None


@check("entries drawn one by one", part="cube", only="a cube")
def separate(got, ref, inputs):
    if not is_cube(got["cube"]):
        return Finding("This can only be said of real numbers in the right size.")
    different = got["cube"].unique().numel()
    if different < 380:
        return Finding(
            "The same numbers come again and again.", name="repeated", expected="400 draws", got=f"{different} numbers"
        )
    return None


@check("equal seeds, equal cubes", part="cube", only="two generators of one seed")
def reproducible(got, ref, inputs):
    if not torch.equal(got["first"], got["second"]):
        return Finding("Two generators of the same seed gave different cubes.", name="not-reproducible")
    return None


@check("another call, another cube", part="cube", only="two calls without a generator")
def fresh(got, ref, inputs):
    if torch.equal(got["first"], got["second"]):
        return Finding(
            "Two calls gave the same cube.",
            name="same-again",
            hint="Something in your function starts the random numbers over again at each call.",
        )
    return None


# --- the four lines: compared on uniform and on normal stacks -----------------------------------------------------


def larger_first(values):
    """Eigenvalues have no order: each pair sorted by imaginary parts if they differ, else by real parts."""
    first, second = values.unbind(1)
    apart = (first.imag - second.imag).abs() > 1e-3
    swapped = torch.where(apart, first.imag < second.imag, first.real < second.real)
    return torch.where(swapped[:, None], values.flip(1), values)


@cases("eigenvalues")
def unordered(rng: Rng):
    close = {"canonical": larger_first, "rtol": 1e-3, "atol": 1e-3}
    yield case(A=rng.uniform(100, 2, 2), label="uniform entries", **close)
    yield case(A=rng.normal(100, 2, 2), label="normal entries", **close)
    yield case(A=rng.normal(7, 2, 2), label="seven matrices", **close)


def stacks(rng):
    yield case(A=rng.uniform(100, 2, 2), label="uniform entries")
    yield case(A=rng.normal(100, 2, 2), label="normal entries")
    yield case(A=rng.normal(7, 3, 5), label="size 7 x 3 x 5")


@cases("frobenius")
def for_frobenius(rng: Rng):
    yield from stacks(rng)


@cases("euclid")
def for_euclid(rng: Rng):
    yield from stacks(rng)


@cases("infinity")
def for_infinity(rng: Rng):
    yield from stacks(rng)


# --- other right answers ------------------------------------------------------------------------------------------


@alternative(part="cube")
def filled(generator=None):
    return torch.empty(100, 2, 2).uniform_(generator=generator)


@alternative(part="cube")
def reshaped(generator=None):
    return torch.rand(400, generator=generator).reshape(100, 2, 2)


@alternative(part="cube")
def sizes_in_a_tuple(generator=None):
    size = (100, 2, 2)
    return torch.rand(size=size, generator=generator, dtype=torch.float32)


@alternative(part="cube")
def matrix_by_matrix(generator=None):
    return torch.stack([torch.rand(2, 2, generator=generator) for _ in range(100)])


@alternative(part="cube")
def drawn_the_other_way_round(generator=None):
    return torch.rand(2, 2, 100, generator=generator).permute(2, 0, 1)


@alternative(part="eigenvalues")
def with_vectors(A):
    return torch.linalg.eig(A).eigenvalues.flip(1)


@alternative(part="eigenvalues")
def by_formula(A):
    half = (A[:, 0, 0] + A[:, 1, 1]) / 2
    determinant = A[:, 0, 0] * A[:, 1, 1] - A[:, 0, 1] * A[:, 1, 0]
    root = (half**2 - determinant).to(torch.complex64).sqrt()
    return torch.stack([half - root, half + root], dim=1)


@alternative(part="eigenvalues")
def one_by_one(A):
    return torch.stack([torch.linalg.eigvals(matrix) for matrix in A])


edit_alternative("of-the-transposed", part="eigenvalues", replace=("eigvals(A)", "eigvals(A.mT)"))


@alternative(part="eigenvalues")
def more_precisely(A):
    values, _ = torch.linalg.eig(A.double())
    return values.to(torch.complex64)


@alternative(part="frobenius")
def by_hand(A):
    return (A**2).sum(dim=(1, 2)).sqrt()


@alternative(part="frobenius")
def over_two_dimensions(A):
    return torch.linalg.norm(A, dim=(1, 2))


@alternative(part="frobenius")
def with_its_name(A):
    return torch.linalg.matrix_norm(A, ord="fro", dim=(-2, -1))


@alternative(part="frobenius")
def of_long_vectors(A):
    return torch.linalg.vector_norm(A.reshape(len(A), -1), dim=1)


@alternative(part="frobenius")
def by_summation(A):
    return torch.einsum("nij,nij->n", A, A).sqrt()


@alternative(part="euclid")
def the_method(A):
    return A.norm()


@alternative(part="euclid")
def norm_of_norms(A):
    return torch.linalg.matrix_norm(A).norm()


@alternative(part="euclid")
def of_squares(A):
    return A.square().sum().sqrt()


@alternative(part="euclid")
def flattened(A):
    return torch.linalg.norm(A.flatten())


@alternative(part="euclid")
def root_of_a_product(A):
    row = A.reshape(-1)
    return torch.sqrt(row @ row)


@alternative(part="infinity")
def row_sums(A):
    return A.abs().sum(1).max(0).values


@alternative(part="infinity")
def moved_to_the_front(A):
    return torch.linalg.matrix_norm(A.permute(2, 0, 1), ord=float("inf"))


@alternative(part="infinity")
def last_index_in_a_loop(A):
    return torch.stack([torch.linalg.matrix_norm(A[:, :, k], ord=float("inf")) for k in range(A.shape[2])])


@alternative(part="infinity")
def column_sums_of_the_transposed(A):
    return torch.linalg.matrix_norm(A, ord=1, dim=(1, 0))


@alternative(part="infinity")
def vector_norms(A):
    rows = torch.linalg.vector_norm(A, ord=1, dim=1)
    return torch.amax(rows, dim=0)


# --- wrong answers ------------------------------------------------------------------------------------------------


def cubes(got):
    return list(got.values())


edit(
    "matrices-last",
    "Puts the hundred matrices along the last dimension.",
    hint="Which index selects the matrix? The size of that dimension is 100.",
    part="cube",
    replace=("100, 2, 2", "2, 2, 100"),
    when=lambda got, ref, inputs: tuple(cubes(got)[0].shape) == (2, 2, 100),
)
edit(
    "normal-entries",
    "Draws entries below 0, as normal samples are.",
    hint="Half of your entries are negative: `randn` draws from the normal distribution. Which constructor is uniform?",
    part="cube",
    replace=("torch.rand", "torch.randn"),
    when=lambda got, ref, inputs: cubes(got)[0].min().item() < -0.5,
)
edit(
    "one-matrix-repeated",
    "Draws one matrix and repeats it.",
    hint="Compare the first two matrices: all entries must be sampled independently of each other.",
    part="cube",
    replace=("(100, 2, 2, generator=generator)", "(2, 2, generator=generator).expand(100, 2, 2)"),
    when=lambda got, ref, inputs: torch.equal(cubes(got)[0][0], cubes(got)[0][1]),
)
edit(
    "generator-forgotten",
    "Does not use the generator.",
    hint="Your function takes a generator but does not pass it on: `generator=generator`.",
    part="cube",
    replace=(", generator=generator", ""),
    when=lambda got, ref, inputs: len(got) == 2 and not torch.equal(got["first"], got["second"]),
)
edit(
    "taken-for-symmetric",
    "Takes the matrices for symmetric.",
    hint="`eigvalsh` and `eigh` assume symmetric matrices and look at one triangle only. Yours are not symmetric.",
    part="eigenvalues",
    replace=("eigvals", "eigvalsh"),
)


@mistake(
    "symmetric-made-complex",
    "Takes the matrices for symmetric.",
    part="eigenvalues",
    hint="You used a function for symmetric matrices, and yours are not symmetric. Use one without the `h`.",
)
def symmetric_made_complex(A):
    return torch.linalg.eigh(A).eigenvalues.to(torch.complex64)


edit(
    "real-parts",
    "Drops the imaginary parts.",
    hint="Leave the result complex: with normal entries the imaginary parts are not zero.",
    part="eigenvalues",
    replace=("eigvals(A)", "eigvals(A).real"),
)
edit(
    "singular-values",
    "Computes singular values.",
    hint="Singular values are never negative and never complex. Look for *eigenvalues*.",
    part="eigenvalues",
    replace=("eigvals", "svdvals"),
)


@mistake(
    "absolute-sums",
    "Sums absolute values.",
    part="frobenius",
    hint="For the Frobenius norm, square the entries, sum them and take the root.",
)
def absolute_sums(A):
    return A.abs().sum(dim=(1, 2))


edit(
    "root-forgotten",
    "Leaves out the root.",
    hint="These are sums of squares. What remains to be done?",
    part="frobenius",
    of=by_hand,
    replace=(".sqrt()", ""),
)
edit(
    "spectral-norm",
    "Computes the 2-norm of the matrices.",
    hint="For a matrix `ord=2` is the largest singular value. The Frobenius norm is the default: leave `ord` out.",
    part="frobenius",
    replace=("matrix_norm(A)", "matrix_norm(A, ord=2)"),
)
edit(
    "fixes-the-last-index",
    "Takes the matrices A[:, :, k].",
    hint="There is a number for each value of the last index; there should be one for each value of the first.",
    part="frobenius",
    replace=("matrix_norm(A)", "matrix_norm(A, dim=(0, 1))"),
)
edit(
    "all-at-once",
    "Takes all matrices together.",
    hint="One number came out for the whole stack. You need one for each matrix: which dimensions make a matrix?",
    part="frobenius",
    replace=("matrix_norm", "norm"),
)


@mistake(
    "stack-with-ord",
    "Asks for the 2-norm of a stack of matrices.",
    part="euclid",
    hint="With `ord` given, `norm` takes vectors and matrices only. Either leave out `ord`, or use `vector_norm`.",
)
def stack_with_ord(A):
    return torch.linalg.norm(A, ord=2)


edit(
    "norm-for-each",
    "Computes a norm for each matrix.",
    hint="One number is wanted, over all entries. Which function treats the tensor as one long vector?",
    part="euclid",
    replace=("vector_norm", "matrix_norm"),
)


@mistake(
    "norms-added",
    "Adds up the norms of the matrices.",
    part="euclid",
    hint="Norms do not add up; their squares do.",
)
def norms_added(A):
    return torch.linalg.matrix_norm(A).sum()


edit(
    "python-number",
    "Returns a Python number.",
    hint="The norm is right. Leave it a tensor without dimensions: drop `.item()` or `float`.",
    part="euclid",
    replace=("vector_norm(A)", "vector_norm(A).item()"),
)
edit(
    "column-sums",
    "Takes the two dimensions in the wrong order.",
    hint="`dim=(1, 0)` transposes each matrix, so you computed the largest *column* sum.",
    part="infinity",
    replace=("dim=(0, 1)", "dim=(1, 0)"),
)
edit(
    "last-two-dimensions",
    "Takes the matrices A[i].",
    hint="The default acts on the last two dimensions. With the last index fixed you need the dimensions 0 and 1.",
    part="infinity",
    replace=(", dim=(0, 1)", ""),
)
edit(
    "largest-entry",
    "Takes the largest entry of each matrix.",
    hint="That is the largest entry, the norm of a *vector*. The infinity norm of a matrix is its largest row sum.",
    part="infinity",
    replace=("matrix_norm", "vector_norm"),
)
edit(
    "signs-kept",
    "Sums the entries with their signs.",
    hint="Sum absolute values. On which stacks does it make a difference?",
    part="infinity",
    of=row_sums,
    replace=(".abs()", ""),
)


edit(
    "rows-for-matrices",
    "Computes a norm for each row, not for each matrix.",
    hint="A matrix has two dimensions, and both must disappear: `dim=(1, 2)`.",
    part="frobenius",
    of=of_long_vectors,
    replace=("A.reshape(len(A), -1), dim=1", "A, dim=2"),
)
edit(
    "mean-square",
    "Takes the mean of the squares instead of their sum.",
    hint="A norm does not divide by the number of entries: it is the root of the *sum* of the squares.",
    part="euclid",
    of=of_squares,
    replace=("square().sum()", "square().mean()"),
)
