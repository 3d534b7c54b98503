"""The proof that the largest likelihood is the smallest cross entropy, its lines shuffled."""

from random import Random

from grader.spec import Question

LINES = (
    r"The logarithm is strictly increasing, so $L$ is largest exactly where $\log L$ is: we look at $\log L$ instead.",
    r"$L$ is a product over the points, so $\log L$ is the sum of the logarithms of its factors.",
    r"Each of these logarithms is $\log (y^{y_t} (1 - y)^{1 - y_t}) = y_t \log y + (1 - y_t) \log (1 - y)$.",
    r"The sum of these terms is $-n C$, by the definition of the cross entropy as a mean with a minus sign.",
    r"As $-n$ is negative, this is largest exactly where $C$ is smallest, which was to be shown.",
)


def proof(rng: Random) -> Question:
    """The place of each shuffled line."""
    order = [0, 1, 2, 3, 4]
    while order == sorted(order):
        rng.shuffle(order)
    answer = {letter: place + 1 for letter, place in zip("ABCDE", order, strict=True)}
    values = {letter.lower(): LINES[answer[letter] - 1] for letter in answer}
    slips = {}
    for letter, place in answer.items():
        if place == 1:
            slips[letter, 2] = "Where does the logarithm come from? Before you use it, say why it may be taken."
        if place == 5:
            slips[letter, 4] = "It speaks of $-nC$. This must have been found before."
        if place == 3:
            slips[letter, 2] = "It says 'these logarithms'. In which line do they come up?"
    return Question(values=values, answer=answer, slips=slips)
