"""How often attention is called."""

from random import Random

from grader.spec import Question


def calls(rng: Random) -> Question:
    source = rng.randrange(7, 14)
    target = rng.choice([n for n in range(5, 16) if n not in (source, 2 * source)])
    asked, products = "calls", "dot products"
    return Question(
        values={"source": source, "target": target},
        answer={asked: target, products: source * target},
        slips={
            (asked, source): "Who asks: the source side or the target side?",
            (asked, source * target): "One call compares a query with all keys at once.",
            (asked, target - 1): "A search comes before each token that is written, `<END>` too.",
            (products, source + target): "Each of the calls computes a product with each of the annotations.",
            (
                products,
                target * target,
            ): "That is a sentence that looks at itself. Here the target looks at the source.",
            (products, source): "That is one call.",
        },
    )
