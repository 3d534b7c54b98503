"""What a cap inside the logarithm makes of a cost."""

import math
from random import Random

from grader.spec import Question


def capped(rng: Random) -> Question:
    """Minus the logarithm of 10**-digits, the probability itself being 0."""
    digits, gap = rng.randrange(6, 16), rng.randrange(120, 400, 10)
    answer = round(digits * math.log(10), 6)
    slips = {
        gap: "That is what the cost should be. The probability has become 0 before the logarithm sees it.",
        digits: "That is the logarithm to the base 10. The natural one is asked for, with $\\log 10 = 2.3026$.",
        0: "The logarithm of the small number is not 0. It is that of 1 that is 0.",
        -answer: "There is a minus in front of the logarithm, and the logarithm of a number below 1 is negative.",
    }
    return Question(values={"digits": digits, "gap": gap}, answer=answer, tolerance=0.06, slips=slips)
