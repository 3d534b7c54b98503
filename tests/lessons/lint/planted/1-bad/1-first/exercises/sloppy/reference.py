# plant: reference reference-passes (no judge can make its edit)
import msgspec  # plant: imports

from grader.spec import Rng, alternative, case, cases, edit_alternative, mistake

VERSION = msgspec.__version__


def code(x):
    return 2 * x + x * x


@cases
def vectors(rng: Rng):
    yield case(x=rng.normal(7), label="seven numbers")


@alternative
def factored(x):
    return x * (2 + x)


edit_alternative("squared", replace=("x*x", "x**2"))  # plant: edit


@mistake("squares", "Squares.", hint="What about the other term?")
def squares(x):
    return x * x
