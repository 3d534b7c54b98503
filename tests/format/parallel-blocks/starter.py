def grad_parallel(J1, J2, J3u, J3v, g):
    raise NotImplementedError
