"""Random bits. More than one result is right, so only the checks judge: are these independent fair bits?"""

import torch

from grader.spec import Finding, GeneratorInput, Rng, alternative, cases, check, edit, mistake, script


def random_bits(shape, generator=None):
    return torch.randint(0, 2, shape, generator=generator)


CUBE = (8, 8, 8, 8)
OBLONG = (2, 3, 4, 5)
EIGHT = "120 bits, eight times"


@cases
def draws(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("4096 bits", shape=CUBE, weight=0)
    s.call("random_bits", CUBE, rng.generator(), label="bits", compare=False)
    yield s

    s = script("a shape with four different sizes", shape=OBLONG, weight=0)
    s.call("random_bits", OBLONG, rng.generator(), label="bits", compare=False)
    yield s

    s = script(EIGHT, shape=OBLONG, weight=0)
    for number in range(8):
        s.call("random_bits", OBLONG, rng.generator(), label=f"draw {number + 1}", compare=False)
    yield s

    s = script("two calls without a generator", shape=CUBE, weight=0)
    s.call("random_bits", CUBE, label="first", compare=False)
    s.call("random_bits", CUBE, label="second", compare=False)
    yield s

    seed = rng.generator().seed
    s = script("two generators of one seed", shape=CUBE, weight=0)
    s.call("random_bits", CUBE, GeneratorInput(seed), label="first", compare=False)
    s.call("random_bits", CUBE, GeneratorInput(seed), label="second", compare=False)
    yield s


def tensors(got):
    """What was returned, as float64, by step; nothing where a result is not a tensor."""
    return {
        label: value.to(torch.float64)
        for label, value in got.items()
        if isinstance(value, torch.Tensor) and not value.is_complex()
    }


def are_bits(got, inputs):
    """Whether every result is a tensor of zeros and ones in the shape that was asked for."""
    values = list(tensors(got).values())
    return len(values) == len(got) and all(
        value.shape == inputs["shape"] and bool(((value == 0) | (value == 1)).all()) for value in values
    )


@check("the shape that was asked for")
def shape(got, ref, inputs):
    for value in got.values():
        if not isinstance(value, torch.Tensor):
            return Finding("A tensor is expected.", name="no-tensor", got=type(value).__name__)
        if value.ndim != 4:
            return Finding(
                f"The tensor has {value.ndim} dimensions.",
                name="wrong-dimensions",
                expected=str(inputs["shape"]),
                got=str(tuple(value.shape)),
                hint="Count the dimensions: the shape has four sizes, and all four must be used.",
            )
        if tuple(value.shape) != tuple(inputs["shape"]):
            return Finding(
                "The shape is wrong.",
                name="wrong-shape",
                expected=str(inputs["shape"]),
                got=str(tuple(value.shape)),
            )
    return None


@check("only zeros and ones")
def only_bits(got, ref, inputs):
    for value in tensors(got).values():
        wrong = value[(value != 0) & (value != 1)]
        if wrong.numel():
            return Finding(
                "There are entries that are neither 0 nor 1.",
                name="not-bits",
                got=f"{wrong[0].item():.4g}",
                hint="A bit is 0 or 1. Which values can your constructor draw? How could a comparison help?",
            )
    return None


@check("zeros and ones equally likely", only="4096 bits", weight=2)
def fair(got, ref, inputs):
    if not are_bits(got, inputs):
        return Finding("This can only be said of bits in the right shape.")
    for value in tensors(got).values():
        mean = value.mean().item()
        if not abs(mean - 0.5) <= 0.04:
            return Finding(
                "Zeros and ones are not equally likely.",
                name="unfair",
                expected="a share of ones near 0.5",
                got=f"{mean:.3f}",
            )
        for axis in range(value.ndim):
            for index, part in enumerate(value.unbind(axis)):
                if not abs(part.mean().item() - 0.5) <= 0.11:
                    return Finding(
                        f"Slice {index} along dimension {axis} is not fair.",
                        name="unfair-slice",
                        expected="a share of ones near 0.5",
                        got=f"{part.mean().item():.3f}",
                        hint="Every entry needs a coin of its own. Compare the slices of your tensor.",
                    )
    return None


@check("entries independent of each other", only="4096 bits", weight=2)
def independent(got, ref, inputs):
    if not are_bits(got, inputs):
        return Finding("This can only be said of bits in the right shape.")
    hint = "Entries must be independent: is part of your tensor a repetition of another part? Compare slices."
    for value in tensors(got).values():
        for axis in range(value.ndim):
            parts = value.unbind(axis)
            for i, part in enumerate(parts):
                for j in range(i):
                    if torch.equal(part, parts[j]):
                        message = f"Slices {j} and {i} along dimension {axis} are the same."
                        return Finding(message, name="repeated", hint=hint)
            left = value.narrow(axis, 0, value.shape[axis] - 1).reshape(-1)
            right = value.narrow(axis, 1, value.shape[axis] - 1).reshape(-1)
            correlation = torch.corrcoef(torch.stack([left, right]))[0, 1].item()
            if abs(correlation) >= 0.1:
                return Finding(
                    f"Neighbours along dimension {axis} depend on each other.",
                    name="correlated",
                    expected="a correlation near 0",
                    got=f"{correlation:.3f}",
                    hint=hint,
                )
    return None


def counted(got):
    """How often the share of ones is exactly one half; it is in one of fourteen draws of 120 fair bits."""
    return sum(value.mean().item() == 0.5 for value in tensors(got).values())


@check("the number of ones left to chance", only=EIGHT)
def by_chance(got, ref, inputs):
    if not are_bits(got, inputs):
        return Finding("This can only be said of bits in the right shape.")
    if counted(got) < 8:
        return None
    return Finding(
        "In each of eight draws exactly 60 of 120 bits are ones.",
        name="balanced",
        hint="Coins know nothing of each other: eight times 120 tosses do not give 60 heads each time.",
    )


@check("another call, other bits", only="two calls without a generator")
def fresh(got, ref, inputs):
    if two_calls_agree(got) is True:
        return Finding(
            "Two calls gave the same bits.",
            name="same-again",
            hint="Something in your function starts the random numbers over again at each call.",
        )
    return None


@check("equal seeds, equal bits", only="two generators of one seed")
def reproducible(got, ref, inputs):
    if two_calls_agree(got) is False:
        return Finding(
            "Two generators of the same seed gave different bits.",
            name="not-reproducible",
            hint="Pass the generator on to what samples the numbers: most constructors take `generator=`.",
        )
    return None


@alternative
def tosses_a_coin(shape, generator=None):
    return torch.bernoulli(torch.full(shape, 0.5), generator=generator)


@alternative
def compares(shape, generator=None):
    return torch.rand(shape, generator=generator) < 0.5


@alternative
def fills(shape, generator=None):
    return torch.empty(shape).random_(2, generator=generator)


@alternative
def takes_the_sign(shape, generator=None):
    return (torch.randn(*shape, generator=generator) > 0).to(torch.uint8)


@alternative
def rounds(shape, generator=None):
    numbers = torch.empty(tuple(shape), dtype=torch.float64)
    return numbers.uniform_(generator=generator).mul_(2).floor_()


def ones(got):
    """The share of ones in the first tensor, None where it holds more than bits or too few to tell."""
    first = next(iter(tensors(got).values()), None)
    if first is None or first.numel() < 500 or ((first != 0) & (first != 1)).any():
        return None
    return first.mean().item()


def below_one(got):
    """Whether real numbers from [0, 1) were returned."""
    values = list(tensors(got).values())
    between = any(bool(((value > 0) & (value < 1)).any()) for value in values)
    return between and all(bool(((value >= 0) & (value < 1)).all()) for value in values)


def repeats(got, step):
    """Whether slice 0 comes again as slice `step` along a dimension of eight."""
    return any(
        torch.equal(value.select(axis, 0), value.select(axis, step))
        for value in tensors(got).values()
        for axis in range(value.ndim)
        if value.shape[axis] == 8
    )


def two_calls_agree(got):
    """Whether two calls gave the same bits, None where there were no two."""
    values = list(tensors(got).values())
    return torch.equal(*values) if len(values) == 2 else None


edit(
    "three-dimensions",
    "Makes a tensor with too few dimensions.",
    hint="Count the dimensions: the shape has four sizes, and all four must be used.",
    replace=("2, shape", "2, shape[1:]"),
    when=lambda got, ref, inputs: any(value.ndim == 3 for value in tensors(got).values()),
)
edit(
    "upper-bound",
    "Gives nothing but zeros: either the upper bound is 1, or no bit is ever drawn.",
    hint="The upper bound of `torch.randint` is exclusive: with `high=1` nothing but 0 is drawn.",
    replace=("0, 2", "0, 1"),
    when=lambda got, ref, inputs: ones(got) == 0.0,
)
edit(
    "real-numbers",
    "Draws real numbers.",
    hint="These are real numbers from [0, 1), not bits. Which comparison would turn half of them into ones?",
    of=compares,
    replace=(" < 0.5", ""),
    when=lambda got, ref, inputs: below_one(got),
)
edit(
    "normal-above-half",
    "Gives three ones in ten, as normal samples above 0.5 do.",
    hint="About three entries in ten are ones. Where is the median of a standard normal distribution?",
    of=compares,
    replace=[("rand(", "randn("), ("< 0.5", "> 0.5")],
    when=lambda got, ref, inputs: (share := ones(got)) is not None and 0.27 < share < 0.35,
)
edit(
    "one-block-repeated",
    "Draws a part of the tensor and repeats it.",
    hint="Entries must be independent. Compare two slices along a dimension: they are the same.",
    replace=("2, shape, generator=generator)", "2, shape[1:], generator=generator).expand(shape)"),
    when=lambda got, ref, inputs: repeats(got, 1),
)


@mistake(
    "pattern-repeated",
    "Draws a small block and tiles it.",
    hint="Entries must be independent of each other. Compare the slices 0 and 2 along a dimension.",
    when=lambda got, ref, inputs: repeats(got, 2),
)
def pattern_repeated(shape, generator=None):
    block = torch.randint(0, 2, (2, *shape[1:]), generator=generator)
    return torch.cat([block] * ((shape[0] + 1) // 2))[: shape[0]]


@mistake(
    "balanced",
    "Shuffles exactly as many ones as zeros.",
    hint="If half of the bits must be ones, the last one depends on all the others. Toss a coin for every entry.",
    when=lambda got, ref, inputs: counted(got) == 8 and not two_calls_agree(got),
)
def balanced(shape, generator=None):
    size = torch.Size(shape).numel()
    bits = torch.arange(size) % 2
    return bits[torch.randperm(size, generator=generator)].reshape(shape)


edit(
    "generator-forgotten",
    "Does not use the generator.",
    hint="Your function takes a generator but does not pass it on: `generator=generator`.",
    replace=(", generator=generator", ""),
    when=lambda got, ref, inputs: two_calls_agree(got) is False,
)


@mistake(
    "seeded-anew",
    "Either sets the seed in every call, or draws nothing at all.",
    hint="A function that sets a seed gives the same bits at every call. Leave the seed to the caller.",
    when=lambda got, ref, inputs: two_calls_agree(got) is True,
)
def seeded_anew(shape, generator=None):
    if generator is None:
        torch.manual_seed(0)
    return torch.randint(0, 2, shape, generator=generator)
