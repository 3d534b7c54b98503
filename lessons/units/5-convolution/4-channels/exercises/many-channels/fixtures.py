"""How the kernels of two layers begin."""


def random_numbers(one, another):
    """Whether the kernels of two layers hold many numbers, and not the same ones."""
    first, second = one.kern.detach(), another.kern.detach()
    return len(first.unique()) > 0.8 * first.numel() and not bool((first == second).any())
