# plant: reference-passes trivial-again
from grader.spec import Rng, alternative, case, cases, mistake

calls = []


def unsure(x):
    calls.append(1)
    return len(calls) * x


@cases
def vectors(rng: Rng):
    yield case(x=rng.normal(7), label="seven numbers")


@alternative
def one_of_two(x):
    return x * 1


@mistake("squares", "Squares.", hint="What about the other term?")
def squares(x):
    return x * x


@mistake("halves", "Halves.", hint="Is it smaller?")
def halves(x):
    return x / 2
