def shown(x):
    raise NotImplementedError
