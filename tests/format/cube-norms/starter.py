def make_cube(generator=None):
    raise NotImplementedError


def eigs(A):
    raise NotImplementedError


def fro(A):
    raise NotImplementedError


def euclid(A):
    raise NotImplementedError


def inf_norms(A):
    raise NotImplementedError
