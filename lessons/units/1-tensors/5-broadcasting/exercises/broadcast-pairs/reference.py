"""The rule of broadcasting, applied from the right."""

import torch

from grader.spec import Rng, alternative, case, cases, mistake


def broadcast_shape(s, t):
    length = max(len(s), len(t))
    s = (1,) * (length - len(s)) + tuple(s)
    t = (1,) * (length - len(t)) + tuple(t)
    if any(m != n and 1 not in (m, n) for m, n in zip(s, t, strict=True)):
        return None
    return tuple(max(m, n) for m, n in zip(s, t, strict=True))


def equally_long(s, t):
    length = max(len(s), len(t))
    return (1,) * (length - len(s)) + tuple(s), (1,) * (length - len(t)) + tuple(t)


def by_torch(s, t):
    """What PyTorch itself says: every case is drawn with it in mind."""
    try:
        return tuple(torch.broadcast_shapes(s, t))
    except RuntimeError:
        return None


GIVEN = [
    ((2, 1, 2), (5, 1), "A and C"),
    ((2, 1, 2), (2, 1, 1, 3), "A and B"),
    ((5, 1), (1, 5), "C and D"),
    ((1, 5), (5, 3), "D and F"),
    ((1,), (5, 3), "E and F"),
    ((3, 2), (3, 4), "2 and 4 in the last place"),
    ((6, 7), (3, 7), "6 and 3 in the first place"),
    ((3, 2), (1, 5), "nothing in common"),
    ((5, 3), (5,), "equal first sizes, different last ones"),
    ((4,), (4,), "equal sizes"),
    ((), (3, 2), "a scalar and a matrix"),
]


@cases("shape")
def given(rng: Rng):
    for s, t, label in GIVEN:
        yield case(s=s, t=t, label=label)


@cases("shape")
def drawn(rng: Rng):
    for number in range(12):
        common = [rng.choice([2, 3, 5, 6, 7]) for _ in range(rng.integers(2, 6))]
        s = [1 if rng.uniform() < 0.35 else size for size in common][rng.integers(0, len(common)) :]
        t = [1 if rng.uniform() < 0.35 else size for size in common]
        if number % 3 == 2:
            place = rng.integers(1, len(s) + 1)
            s[-place], t[-place] = rng.choice([(2, 4), (3, 6), (5, 7), (7, 2)])
        if rng.uniform() < 0.5:
            s, t = t, s
        fits = "compatible" if by_torch(tuple(s), tuple(t)) is not None else "incompatible"
        yield case(s=tuple(s), t=tuple(t), label=f"a pair drawn at random, {fits}")


@alternative
def from_the_right(s, t):
    s, t = list(s), list(t)
    result = []
    while s or t:
        m = s.pop() if s else 1
        n = t.pop() if t else 1
        if m == n or n == 1:
            result.insert(0, m)
        elif m == 1:
            result.insert(0, n)
        else:
            return None
    return tuple(result)


@alternative
def with_zip_longest(s, t):
    from itertools import zip_longest

    pairs = [{m, n} - {1} for m, n in zip_longest(s[::-1], t[::-1], fillvalue=1)]
    if max((len(pair) for pair in pairs), default=0) > 1:
        return None
    return tuple(pair.pop() if pair else 1 for pair in pairs)[::-1]


@alternative
def recursively(s, t):
    if not s or not t:
        return tuple(s) + tuple(t)
    *s, m = s
    *t, n = t
    rest = recursively(s, t)
    if rest is None or (m != n and m != 1 and n != 1):
        return None
    return (*rest, n if m == 1 else m)


@alternative
def with_negative_places(s, t):
    result = []
    for place in range(-max(len(s), len(t)), 0):
        sizes = [size[place] for size in (s, t) if len(size) >= -place]
        larger = max(sizes)
        if any(size not in (1, larger) for size in sizes):
            return None
        result.append(larger)
    return tuple(result)


@alternative
def in_a_tensor(s, t):
    both = torch.ones(2, max(len(s), len(t)), dtype=torch.int64)
    for row, size in zip(both, (s, t), strict=True):
        if size:
            row[-len(size) :] = torch.tensor(size)
    first, second = both
    fits = (first == second) | (first == 1) | (second == 1)
    return tuple(torch.maximum(first, second).tolist()) if bool(fits.all()) else None


@mistake(
    "left-aligned",
    "Aligns the sizes on the left.",
    hint="Compare the *last* dimensions first: missing dimensions are missing in front.",
)
def left_aligned(s, t):
    length = max(len(s), len(t))
    s = tuple(s) + (1,) * (length - len(s))
    t = tuple(t) + (1,) * (length - len(t))
    if any(m != n and 1 not in (m, n) for m, n in zip(s, t, strict=True)):
        return None
    return tuple(max(m, n) for m, n in zip(s, t, strict=True))


@mistake(
    "equal-length-only",
    "Refuses sizes of different lengths.",
    hint="Different numbers of dimensions are no obstacle: missing leading dimensions count as 1.",
)
def equal_length_only(s, t):
    return broadcast_shape(s, t) if len(s) == len(t) else None


@mistake(
    "one-side-only",
    "Expands only one of the two.",
    hint="Both can be expanded at once: think of a column and a row.",
)
def one_side_only(s, t):
    common = broadcast_shape(s, t)
    return common if common in (tuple(s), tuple(t)) else None


@mistake(
    "divisors-fit",
    "Takes sizes that divide each other for compatible.",
    hint="That 2 divides 4 does not help. The sizes must be equal, or one of them must be 1.",
)
def divisors_fit(s, t):
    s, t = equally_long(s, t)
    if any(m % n and n % m for m, n in zip(s, t, strict=True)):
        return None
    return tuple(max(m, n) for m, n in zip(s, t, strict=True))


@mistake(
    "same-numbers-fit",
    "Checks whether a size occurs in both, not where.",
    hint="It matters where a size is: in (1, 5) the 5 is the last dimension, in (5, 3) it is the first.",
)
def same_numbers_fit(s, t):
    if broadcast_shape(s, t) is None and not (set(s) & set(t)) - {1}:
        return None
    s, t = equally_long(s, t)
    return tuple(max(m, n) for m, n in zip(s, t, strict=True))


@mistake(
    "leading-dimensions-lost",
    "Leaves out the dimensions that only one of the two has.",
    hint="The result has as many dimensions as the longer size. Where have its leading ones gone?",
)
def leading_dimensions_lost(s, t):
    pairs = list(zip(tuple(s)[::-1], tuple(t)[::-1], strict=False))
    if any(m != n and 1 not in (m, n) for m, n in pairs):
        return None
    return tuple(max(m, n) for m, n in pairs)[::-1]


@mistake(
    "nothing-checked",
    "Takes the larger size without checking.",
    hint="The larger size is right where the two are equal or one of them is 1. And otherwise?",
)
def nothing_checked(s, t):
    s, t = equally_long(s, t)
    return tuple(max(m, n) for m, n in zip(s, t, strict=True))


@mistake(
    "error-raised",
    "Raises an exception for an incompatible pair.",
    hint="PyTorch raises an error for an incompatible pair; your function must return None.",
    when=lambda got, ref, inputs: bool(inputs["raised"]) and ref is None,  # whatever it raises
)
def error_raised(s, t):
    common = broadcast_shape(s, t)
    if common is None:
        raise RuntimeError("the sizes are incompatible")
    return common


@mistake(
    "smaller-size",
    "Takes the smaller of two sizes.",
    hint="A dimension of size 1 is repeated until it fits the other. Which of the two sizes does the result have?",
)
def smaller_size(s, t):
    s, t = equally_long(s, t)
    if any(m != n and 1 not in (m, n) for m, n in zip(s, t, strict=True)):
        return None
    return tuple(min(m, n) for m, n in zip(s, t, strict=True))
