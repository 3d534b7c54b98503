from grader.spec import Question


def area(rng):
    n = rng.randint(3, 9)
    return Question(values={"n": n}, answer=2 * n)
