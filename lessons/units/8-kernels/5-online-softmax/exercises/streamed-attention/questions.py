"""Blocks of keys, with a mask and with lengths."""

from random import Random

from grader.spec import Question


def blocks(rng: Random) -> Question:
    block = rng.choice((16, 32))
    S = 8 * block
    lengths = [S, *(rng.randrange(0, 6) * block + rng.randrange(1, block) for _ in range(3))]
    rng.shuffle(lengths)
    early = sum(-(-length // block) for length in lengths)
    rows = "with a mask", "stopping early"
    slips = {
        (rows[0], 8): "That is one sentence.",
        (rows[0], early): "A mask does not shorten the loop.",
        (
            rows[1],
            sum(length // block for length in lengths),
        ): "The block in which a sentence ends must be visited, too.",
        (rows[1], -(-sum(lengths) // block)): "Each sentence begins with a block of its own. Round up for each.",
        (rows[1], 32): "That is with a mask.",
    }
    answer = {rows[0]: 32, rows[1]: early}
    return Question(
        values={**dict(zip("abcd", lengths, strict=True)), "S": S, "block": block},
        answer=answer,
        slips={key: why for key, why in slips.items() if key[1] != answer[key[0]]},
    )
