import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, mistake


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


def by_size(values):
    """Eigenvalues have no order: sorted by real, then imaginary part."""
    keys = values.real.double().round(decimals=3) * 1e3 + values.imag.double()
    return values.gather(1, keys.argsort(dim=1))


def cubes(rng: Rng):
    for label, cube in (
        ("uniform", rng.uniform(100, 2, 2)),
        ("normal", rng.normal(100, 2, 2)),
        ("few", rng.normal(7, 2, 2)),
    ):
        yield case(A=cube, label=label)


@cases("eigenvalues")
def unordered(rng):
    for one in cubes(rng):
        one.canonical = by_size
        yield one


@cases("frobenius")
def for_frobenius(rng):
    yield from cubes(rng)
    yield case(A=rng.normal(7, 3, 5), label="of other sizes")


@cases("euclid")
def for_euclid(rng):
    yield from cubes(rng)
    yield case(A=rng.normal(7, 3, 5), label="of other sizes")


@cases("infinity")
def for_infinity(rng):
    yield from cubes(rng)
    yield case(A=rng.normal(7, 3, 5), label="of other sizes")


@cases("cube")
def draws(rng):
    yield case(generator=rng.generator(), compare=False)


@check("uniform on [0, 1)", part="cube")
def uniform(got, ref, inputs):
    if got.shape != ref.shape:
        return Finding("The size is not 100 x 2 x 2.", name="size", hint="Which index selects the matrix?")
    if not (bool((got >= 0).all()) and bool((got < 1).all())) or abs(float(got.mean()) - 0.5) > 0.08:
        return Finding("These entries are not uniform on [0, 1).", name="range")
    if abs(float(got.std()) - 0.2887) > 0.05:
        return Finding("These entries are not uniform on [0, 1).", name="range")


@alternative(part="eigenvalues")
def other_order(A):
    return torch.linalg.eig(A)[0].flip(1)


@alternative(part="frobenius")
def by_hand(A):
    return (A * A).sum((1, 2)).sqrt()


@alternative(part="euclid")
def flat(A):
    return A.flatten().norm()


@alternative(part="infinity")
def rows(A):
    return A.abs().sum(1).max(0).values


@alternative(part="cube")
def filled(generator=None):
    return torch.empty(100, 2, 2).uniform_(generator=generator)


@mistake(
    "symmetric", "Takes the matrices for symmetric.", part="eigenvalues", hint="eigvalsh assumes symmetric matrices."
)
def symmetric(A):
    return torch.linalg.eigvalsh(A)


@mistake("column-sums", "Takes the largest column sum.", part="infinity", hint="dim=(1, 0) transposes each matrix.")
def column_sums(A):
    return torch.linalg.matrix_norm(A, ord=float("inf"), dim=(1, 0))


@mistake("wrong-dimensions", "Takes the last two dimensions.", part="infinity", hint="You need dimensions 0 and 1.")
def wrong_dimensions(A):
    return torch.linalg.matrix_norm(A, ord=float("inf"))


@mistake(
    "last-first",
    "Puts the matrices last.",
    part="cube",
    hint="Which index selects the matrix?",
    when=lambda got, ref, inputs: tuple(got.shape) == (2, 2, 100),
)
def last_first(generator=None):
    return torch.rand(2, 2, 100)


@mistake("one-norm", "Sums absolute values.", part="frobenius", hint="Squares, not absolute values.")
def one_norm(A):
    return A.abs().sum((1, 2))


@mistake("spectral", "Asks for the 2-norm of a stack.", part="euclid", hint="Leave out ord, or use vector_norm.")
def spectral(A):
    return torch.linalg.norm(A, ord=2)
