from grader.spec import case, cases


def double(x):
    return 2 * x


@cases("code")
def numbers(rng):
    yield case(x=rng.normal(3))
