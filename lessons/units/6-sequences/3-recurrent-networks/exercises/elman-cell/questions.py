"""Two steps of a cell with one number, and the parameters of a larger one."""

from math import tanh
from random import Random

from grader.spec import Question


def by_hand(rng: Random) -> Question:
    w_in, w_hid = rng.choice((0.5, 0.8, 1.5)), rng.choice((-1.2, -0.7, 0.6, 1.4))
    first, second = rng.choice((1.0, -1.0, 2.0)), rng.choice((0.5, -0.5, 1.5))
    h1 = tanh(w_in * first)
    h2 = tanh(w_in * second + w_hid * h1)
    one, two = "after the first", "after the second"
    slips = {
        (one, w_in * first): "The tanh is missing.",
        (two, tanh(w_in * second)): "The old state goes into the new one too.",
        (two, w_in * second + w_hid * h1): "The tanh is missing.",
        (two, tanh(w_in * second + w_hid * w_in * first)): "The old state is the tanh that you have computed.",
    }
    answer = {one: h1, two: h2}
    return Question(
        values={"w_in": w_in, "w_hid": w_hid, "first": first, "second": second},
        answer=answer,
        tolerance=0.001,
        slips={(row, wrong): text for (row, wrong), text in slips.items() if abs(wrong - answer[row]) > 0.005},
    )


def parameters(rng: Random) -> Question:
    embed, hidden = rng.randrange(3, 12), rng.randrange(13, 40)
    return Question(
        values={"embed": embed, "hidden": hidden},
        answer=hidden * embed + hidden**2 + 2 * hidden,
        slips={
            hidden * embed + hidden**2 + hidden: "There are two biases.",
            hidden * embed + hidden**2: "There are two biases, each with a number for each entry of the state.",
            hidden * embed + hidden: "The old state has a linear layer of its own.",
            hidden * embed + hidden + embed**2 + embed: "Both layers map to the size of the state, and the second one maps from it.",
        },
    )
