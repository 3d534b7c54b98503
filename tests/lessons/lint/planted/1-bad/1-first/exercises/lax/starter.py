# plant: starter-fails
def lax(x):
    return x


def slow(x):
    raise NotImplementedError


def cancelling(x):
    raise NotImplementedError
