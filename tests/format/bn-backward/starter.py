def bn_backward(dy, xhat, gamma, sigma2, eps):
    """dy, xhat: (N, d); gamma, sigma2: (d,). Returns dx (N, d), dgamma (d,), dbeta (d,)."""
    raise NotImplementedError
