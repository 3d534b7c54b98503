# plant: trivial nothing-passes tolerance (all of the first; the last in `cancelling`)
from grader.spec import Rng, alternative, case, cases, check, mistake


def lax(x):
    return 2 * x + x * x, 2.5


def slow(x):
    for _ in range(5_000_000):  # work, not seconds: a slow machine has more of these
        pass
    return x + x


def cancelling(x):
    return (x + 10_000) - 10_000


@cases("lax")
def anything(rng: Rng):
    yield case(x=rng.normal(7, 5), label="a matrix", compare=False)
    yield case(x=rng.normal(7, 5), label="another", compare=False)


@check("nothing", part="lax")
def nothing(got, ref, inputs):
    return "no" if inputs["x"][0, 0] > 123 else None  # plant: stated


@cases("slow")
def squares(rng: Rng):  # plant: shapes labels
    yield case(x=rng.normal(5, 5), label="1 matrices")


@alternative(part="lax")
def factored(x):
    return x * (2 + x)


@alternative(part="slow")
def off_by_one(x):  # plant: alternative-passes
    return 2 * x + 1


@mistake("forgets", "Forgets the square.", part="lax", hint="What about the square?")
def forgets(x):  # plant: mistake-fails
    return 2 * x


@mistake("fails", "Raises.", part="lax", hint="Why does it raise?")
def fails(x):
    raise ValueError


@mistake("halves", "Halves.", part="slow", hint="Is the double smaller?")
def halves(x):
    return x / 2


@mistake("divides", "Divides by two.", part="slow", hint="Is the double a quotient?")
def divides(x):  # plant: mistake-hint
    return x * 0.5


@cases("cancelling")
def numbers(rng: Rng):
    yield case(x=rng.normal(7, 5), label="a matrix")


@alternative(part="cancelling")
def with_the_sign(x):
    return (x + 10_000) + -10_000


@mistake("adds", "Adds.", part="cancelling", hint="What is taken away again?")
def adds(x):
    return x + 10_000


@mistake("subtracts", "Subtracts.", part="cancelling", hint="What is added before?")
def subtracts(x):
    return x - 10_000
