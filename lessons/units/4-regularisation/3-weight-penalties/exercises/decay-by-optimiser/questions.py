"""One step of a weight whose error gives no gradient at all."""

from random import Random

from grader.spec import Question


def one_step(rng: Random) -> Question:
    """A weight, a rate and a lambda, so that the three optimisers give different numbers."""
    w, lr, lam = rng.choice((3.0, 5.0, 6.0)), rng.choice((0.1, 0.2)), rng.choice((0.25, 0.5))
    sgd, adam, adamw = "SGD", "Adam", "AdamW"
    decayed = round(w * (1 - lr * lam), 6)
    return Question(
        values={"w": w, "lr": lr, "lam": lam},
        answer={sgd: decayed, adam: round(w - lr, 6), adamw: decayed},
        tolerance=1e-4,
        slips={
            (sgd, round(w * (1 - lam), 6)): "A step is the rate times the gradient.",
            (sgd, w): "The gradient of the error is 0, that of the decay is not.",
            (sgd, round(w - lr, 6)): "That is Adam's step. SGD does not divide by anything.",
            (adam, decayed): "Adam divides the gradient by its usual size, the decay in it too. How long is Adam's first step?",
            (adam, w): "Adam's `weight_decay` adds lambda w to the gradient, so there is one.",
            (adamw, round(w - lr, 6)): "AdamW does not put the decay into the gradient: it multiplies the weight.",
            (adamw, round(w * (1 - lr * lam) - lr, 6)): "Adam's own step is 0 here, because the gradient of the error is.",
            (adamw, w): "The gradient of the error is 0. And the decay?",
        },
    )
