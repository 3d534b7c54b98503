# plant: solution-passes (what only an `if` defines is not cut out of this file)
from grader.spec import Rng, alternative, case, cases, mistake

if True:
    FACTOR = 2


def shown(x):
    return FACTOR * x


@cases
def vectors(rng: Rng):
    yield case(x=rng.normal(7), label="seven numbers")


@alternative
def sum_of_two(x):
    return x + x


@mistake("squares", "Squares.", hint="What about the other term?")
def squares(x):
    return x * x


@mistake("halves", "Halves.", hint="Is it smaller?")
def halves(x):
    return x / 2
