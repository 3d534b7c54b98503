"""Parameters and sizes of a stack."""

from random import Random

from grader.spec import Question


def _drawn(rng: Random) -> tuple[int, int, int]:
    return rng.randrange(3, 10), rng.randrange(11, 30), rng.choice((2, 3, 4))


def parameters(rng: Random) -> Question:
    embed, hidden, layers = _drawn(rng)
    first, other = hidden * embed + hidden**2 + 2 * hidden, 2 * hidden**2 + 2 * hidden
    return Question(
        values={"embed": embed, "hidden": hidden, "layers": layers},
        answer=first + (layers - 1) * other,
        slips={
            layers * first: "The upper layers read states, not embeddings.",
            first: "That is the first layer.",
            first + other * layers: "The first layer is one of them.",
            first - hidden + (layers - 1) * (other - hidden): "Each layer has two biases.",
        },
    )


def shapes(rng: Random) -> Question:
    embed, hidden, layers = _drawn(rng)
    tokens = rng.randrange(5, 10) + 30
    given, history, last = "input", "history", "last states"
    return Question(
        values={"tokens": tokens, "embed": embed, "hidden": hidden, "layers": layers},
        answer={given: (tokens, 1, embed), history: (tokens, 1, hidden), last: (layers, 1, hidden)},
        slips={
            (given, (1, tokens, embed)): "Time comes first unless you say `batch_first=True`.",
            (history, (layers, 1, hidden)): "The history has a state for each token, that of the top cell.",
            (last, (tokens, 1, hidden)): "One state is left for each layer.",
            (last, (1, 1, hidden)): "Every layer has a last state.",
        },
    )
