"""The size of an LSTM, and what a gate keeps."""

from random import Random

from grader.spec import Question


def parameters(rng: Random) -> Question:
    E, H = rng.choice(((4, 6), (5, 7), (10, 16), (50, 32), (20, 24), (12, 9)))
    first, second = H * E + H * H + 2 * H, 2 * H * H + 2 * H
    return Question(
        values={"E": E, "H": H},
        answer=4 * (first + second),
        slips={
            first + second: "That is `nn.RNN`. An LSTM has four such sums in each layer.",
            4 * (first + second - 2 * H): "There are two biases for each sum, one beside each matrix.",
            8 * first: "The second layer's input is the state of the first one.",
            4 * first: "There are two layers.",
            3 * (first + second): "Three gates, and $g$ besides.",
        },
    )


def memory(rng: Random) -> Question:
    start, gate, tokens = rng.randrange(12, 30) / 10, rng.choice((0.9, 0.95, 0.97)), rng.randrange(8, 16)
    return Question(
        values={"start": start, "gate": gate, "tokens": tokens},
        answer=start * gate**tokens,
        tolerance=0.002,
        slips={
            start * gate: "That is after a single token.",
            start: "It would stay as it is if the forget gate were 1.",
            gate**tokens: "The entry was not 1 at the beginning.",
            start * (1 - gate) ** tokens: "A forget gate of 1 keeps everything.",
        },
    )
