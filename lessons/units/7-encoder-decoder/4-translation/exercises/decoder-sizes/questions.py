"""The size of a decoder's output layer."""

from random import Random

from grader.spec import Question


def shapes(rng: Random) -> Question:
    E, H = rng.choice(((32, 64), (50, 128), (24, 96), (40, 100)))
    source, target = rng.randrange(5000, 7000, 10), rng.randrange(8000, 12000, 10)
    rows, columns, count = "rows", "columns", "parameters"
    return Question(
        values={"source": source, "target": target, "E": E, "H": H},
        answer={rows: target, columns: H, count: target * H + target},
        slips={
            (rows, H): "PyTorch stores outputs times inputs. What are the outputs?",
            (rows, source): "It writes words of the target language.",
            (columns, E): "The input of the layer is the state, not the token.",
            (columns, target): "PyTorch stores outputs times inputs. What are the inputs?",
            (count, target * H): "There is a bias for each output.",
            (count, source * H + source): "It writes words of the target language.",
            (count, target * E + target): "The input of the layer is the state, not the token.",
        },
    )
