"""Parameters of a dense autoencoder, and how narrow its bottleneck is."""

from random import Random

from grader.spec import Question


def count(rng: Random) -> Question:
    """Parameters of encoder and decoder, and the share of the code."""
    h, w, d = rng.choice((20, 24, 26, 30)), rng.choice((21, 25, 27, 32)), rng.choice((9, 12, 15, 18))
    pixels = h * w
    encoder, decoder = pixels * d + d, d * pixels + pixels
    share = round(100 * d / pixels, 1)
    return Question(
        values={"h": h, "w": w, "d": d},
        answer={"encoder": encoder, "decoder": decoder, "percent": share},
        tolerance=0.06,
        slips={
            ("encoder", pixels * d): "The biases are missing: one for each number of the code.",
            ("encoder", decoder): "A bias belongs to an output. The encoder's outputs are the numbers of the code.",
            ("decoder", pixels * d): "The biases are missing: one for each pixel.",
            ("decoder", encoder): "A bias belongs to an output. The decoder's outputs are the pixels.",
            ("percent", round(1000 * d / pixels, 1)): "The decimal point is one place too far to the right.",
        },
    )
