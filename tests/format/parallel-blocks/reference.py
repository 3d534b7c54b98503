import torch

from grader.spec import Rng, alternative, case, cases, mistake


def grad_parallel(J1, J2, J3u, J3v, g):
    return J2.T @ (J3u.T @ g) + J1.T @ (J3v.T @ g)


@cases
def jacobians(rng: Rng):
    for n, p, q, r in [(2, 3, 5, 7), (5, 2, 3, 1), (4, 6, 6, 3)]:
        shapes = [(p, n), (q, n), (r, q), (r, p), (r,)]
        J1, J2, J3u, J3v, g = (rng.normal(*shape, dtype=torch.float64) for shape in shapes)
        yield case(J1=J1, J2=J2, J3u=J3u, J3v=J3v, g=g, label=f"n={n}, p={p}, q={q}, r={r}")


@alternative
def row_vectors(J1, J2, J3u, J3v, g):
    return (g @ J3u) @ J2 + (g @ J3v) @ J1


@mistake("one-path", "Follows one path only.", hint="Is there one path from X to Y, or two?")
def one_path(J1, J2, J3u, J3v, g):
    return J2.T @ (J3u.T @ g)


@mistake("arguments-swapped", "Swaps the arguments of B3.", hint="The first argument is the output of B2.")
def swapped(J1, J2, J3u, J3v, g):
    return J1.T @ (J3u.T @ g) + J2.T @ (J3v.T @ g)
