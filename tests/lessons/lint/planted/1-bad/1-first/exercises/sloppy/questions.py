# plant: questions drawn
from grader.spec import Question


def numbers(rng):
    return Question(values={"n": 1}, answer=1)
