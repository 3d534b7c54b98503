"""Neurons and their lines: proportional triples have the same one, and with a positive factor the same decisions."""

import math

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake


def boundary(w0, w1, b):
    return -(w0 / w1), -(b / w1)


def crossed(p, q):
    """The cross product of two triples, relative to their lengths: zero where they are parallel."""
    (a, b, c), (d, e, f) = p, q
    across = math.hypot(b * f - c * e, c * d - a * f, a * e - b * d)
    return across / (math.hypot(*p) * math.hypot(*q))


def same_line(p, q):
    return crossed(p, q) < 1e-8


def same_decisions(p, q):
    return crossed(p, q) < 1e-8 and sum(x * y for x, y in zip(p, q, strict=True)) > 0


def as_numbers(line):
    slope, intercept = line
    return float(slope), float(intercept)


@cases("boundary")
def neurons(rng: Rng):
    for number in range(5):
        parameters = {name: rng.choice([-1, 1]) * rng.uniform(low=0.4, high=5.0) for name in ("w0", "w1", "b")}
        label = f"a neuron drawn at random, number {number + 1}"
        yield case(**parameters, label=label, rtol=1e-6, canonical=as_numbers)
    yield case(w0=-1.0, w1=-1.0, b=-5.0, label="the neuron of the lesson", rtol=1e-6, canonical=as_numbers)


@check("the neuron is undecided on the line", part="boundary")
def undecided(got, ref, inputs):
    slope, intercept = as_numbers(got)
    x0 = 1.7
    z = inputs["w0"] * x0 + inputs["w1"] * (slope * x0 + intercept) + inputs["b"]
    if not abs(z) <= 1e-5 * (abs(inputs["w0"]) + abs(inputs["b"])):
        return Finding(f"At x0 = {x0} your line has a point with z = {z:.4g}.", expected="0", got=f"{z:.4g}")
    return None


def triple(rng):
    return tuple(rng.choice([-1, 1]) * rng.uniform(low=0.4, high=5.0) for _ in range(3))


def times(c, p):
    return tuple(c * x for x in p)


def pairs(rng):
    """Pairs of triples with a label, alike for both functions."""
    p = triple(rng)
    yield p, p, "the same triple twice"
    for c in (2.0, 0.1, 0.7, 4.9, 0.01, 3.0, -3.0, -1.3, -0.3):
        p = triple(rng)
        yield p, times(c, p), f"a triple and {c:g} times it"
    for place, name in enumerate(("w0", "w1", "b")):
        p = triple(rng)
        other = list(p)
        other[place] *= 1 + rng.choice([-1, 1]) * 0.001
        yield p, tuple(other), f"a triple, and {name} a thousandth off"
    for place, name in enumerate(("w0", "w1", "b")):
        p = triple(rng)
        other = [2 * x for x in p]
        other[place] *= 1 + rng.choice([-1, 1]) * rng.uniform(low=0.02, high=0.2)
        yield p, tuple(other), f"twice a triple, and another {name}"
    w0, w1, b = triple(rng)
    for vertical, name in (((w0, 0.0, b), "vertical lines"), ((0.0, w1, b), "horizontal lines")):
        yield vertical, times(2.5, vertical), f"{name}, factor 2.5"
        yield vertical, times(-0.7, vertical), f"{name}, factor -0.7"
        yield vertical, (*times(2.0, vertical[:2]), 3.1 * b), f"{name}, parallel"
    yield (w0, w1, 0.0), (-2 * w0, -2 * w1, 0.0), "a line through the origin, factor -2"
    yield (w0, w1, 0.0), (2 * w0, 2 * w1, b), "a line through the origin, and a parallel"
    yield (w0, 0.0, b), (0.0, w0, b), "a vertical and a horizontal line"
    p = triple(rng)
    yield p, (p[0], p[1], -p[2]), "another sign of b alone"


def truth(value):
    """A truth value, also where it comes as a tensor; anything else is no answer."""
    if isinstance(value, bool | torch.Tensor):
        return bool(value)
    raise TypeError("no truth value")


@cases("same-line")
def lines(rng: Rng):
    for p, q, label in pairs(rng):
        yield case(p=p, q=q, label=label, canonical=truth)


@cases("same-decisions")
def decisions(rng: Rng):
    for p, q, label in pairs(rng):
        yield case(p=p, q=q, label=label, canonical=truth)


# --- the line -----------------------------------------------------------------------------------------------------


@alternative(part="boundary")
def all_at_once(w0, w1, b):
    slope, intercept = (torch.tensor([w0, b], dtype=torch.float64) / -w1).tolist()
    return slope, intercept


@alternative(part="boundary")
def through_two_points(w0, w1, b):
    at_zero, at_one = ((-b - w0 * x0) / w1 for x0 in (0, 1))
    return at_one - at_zero, at_zero


@alternative(part="boundary")
def with_the_direction(w0, w1, b):
    # (w1, -w0) points along the line
    return (-w0) / w1, 0 - b / w1


@alternative(part="boundary")
def in_numpy(w0, w1, b):
    import numpy as np

    return tuple((np.array([w0, b]) / -w1).tolist())


@alternative(part="boundary")
def from_the_nearest_point(w0, w1, b):
    length = w0 * w0 + w1 * w1
    x0, x1 = -b * w0 / length, -b * w1 / length
    slope = -w0 / w1
    return [slope, x1 - slope * x0]


edit(
    "slope-sign",
    "The slope has the wrong sign.",
    hint="Bring the term with x0 to the other side of the equation: does it keep its sign?",
    part="boundary",
    replace=("-(w0 / w1)", "w0 / w1"),
)
edit(
    "intercept-sign",
    "The intercept has the wrong sign.",
    hint="Put x0 = 0: then w1 * x1 + b = 0. Which sign does x1 get?",
    part="boundary",
    replace=("-(b / w1)", "b / w1"),
)
edit(
    "both-signs",
    "Both numbers have the wrong sign.",
    hint="You divided by w1 and forgot that both terms had to change sides.",
    part="boundary",
    replace=("-(w0 / w1), -(b / w1)", "w0 / w1, b / w1"),
)
edit(
    "slope-upside-down",
    "Divides the weights the wrong way round.",
    hint="You solve for x1, so you divide by the factor in front of x1. Which weight is that?",
    part="boundary",
    replace=("w0 / w1", "w1 / w0"),
)
edit(
    "intercept-on-the-other-axis",
    "Gives the place where the line meets the other axis.",
    hint="-b / w0 is where the line meets the x0 axis. The intercept is where it meets the x1 axis, at x0 = 0.",
    part="boundary",
    replace=("b / w1", "b / w0"),
)
edit(
    "intercept-not-divided",
    "Does not divide the bias by w1.",
    hint="The whole right-hand side is divided by w1, not just the slope.",
    part="boundary",
    replace=("(b / w1)", "b"),
)
edit(
    "the-wrong-way-round",
    "Returns the intercept first.",
    hint="Both numbers are right. Return the slope first and then the intercept.",
    part="boundary",
    replace=("-(w0 / w1), -(b / w1)", "-(b / w1), -(w0 / w1)"),
)


# --- the same line ------------------------------------------------------------------------------------------------


@alternative(part="same-line")
def by_the_inner_product(p, q):
    n = math.sqrt(sum(x * x for x in p) * sum(x * x for x in q))
    return abs(abs(sum(x * y for x, y in zip(p, q, strict=True))) - n) < 1e-9 * n


@alternative(part="same-line")
def by_cross_multiplying(p, q):
    return all(math.isclose(p[i] * q[j], p[j] * q[i], rel_tol=1e-9, abs_tol=1e-12) for i, j in ((0, 1), (0, 2), (1, 2)))


@alternative(part="same-line")
def by_the_largest_parameter(p, q):
    place = max(range(3), key=lambda i: abs(p[i]))
    c = q[place] / p[place]
    return all(math.isclose(c * x, y, rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(p, q, strict=True)) and c != 0


@alternative(part="same-line")
def with_unit_vectors(p, q):
    p, q = (torch.tensor(one, dtype=torch.float64) for one in (p, q))
    p, q = p / p.norm(), q / q.norm()
    return torch.allclose(p, q) or torch.allclose(p, -q)


@alternative(part="same-line")
def by_the_rank(p, q):
    import numpy as np

    return int(np.linalg.matrix_rank(np.array([p, q]), tol=1e-8)) == 1


@alternative(part="same-line")
def by_cases(p, q):
    if (p[1] == 0) != (q[1] == 0):
        return False
    if p[1] == 0:
        return math.isclose(p[2] / p[0], q[2] / q[0])
    return all(math.isclose(p[i] / p[1], q[i] / q[1]) for i in (0, 2))


@mistake(
    "identical-only",
    "Asks whether the triples are equal.",
    hint="Multiply both sides of the equation by 2. Is it another line?",
    part="same-line",
)
def identical_only(p, q):
    return all(math.isclose(x, y, rel_tol=1e-9) for x, y in zip(p, q, strict=True))


@mistake(
    "positive-factors-only",
    "Lets only positive factors pass.",
    hint="Multiply the equation of the line by -3: the same points satisfy it. The sides are swapped, the line is not.",
    part="same-line",
)
def positive_factors_only(p, q):
    return same_decisions(p, q)


edit(
    "parallel-is-enough",
    "Compares the directions of the lines, not their positions.",
    hint="Parallel lines have the same slope too. Which parameter says where the line lies?",
    part="same-line",
    replace=("crossed(p, q)", "crossed((*p[:2], 0.0), (*q[:2], 0.0))"),
)


@mistake(
    "divides-by-zero",
    "Divides by a parameter that can be zero.",
    hint="A vertical line has w1 = 0, and nothing can be divided by it. Compare products instead of quotients.",
    part="same-line",
)
def divides_by_zero(p, q):
    return math.isclose(p[0] / p[1], q[0] / q[1]) and math.isclose(p[2] / p[1], q[2] / q[1])


@mistake(
    "rounding-forgotten",
    "Compares floats with ==.",
    hint="0.1 times a float is rounded, so an exact comparison fails. Use `math.isclose`, or a small tolerance.",
    part="same-line",
    when=lambda got, ref, inputs: got is False and ref is True and any(math.isclose(inputs["q"][0], c * inputs["p"][0]) for c in (0.1, 0.7, 4.9, 0.01, 3.0)),
)
def rounding_forgotten(p, q):
    (a, b, c), (d, e, f) = p, q
    return b * f - c * e == 0 and c * d - a * f == 0 and a * e - b * d == 0


edit(
    "only-the-intercept",
    "Compares where the lines meet the x1 axis, but not how steep they are.",
    hint="Two lines may meet the x1 axis at the same place. What else do they need to have in common?",
    part="same-line",
    replace=("crossed(p, q)", "crossed((0.0, *p[1:]), (0.0, *q[1:]))"),
)


# --- the same decisions -------------------------------------------------------------------------------------------


@alternative(part="same-decisions")
def by_length_and_inner_product(p, q):
    n = math.sqrt(sum(x * x for x in p) * sum(x * x for x in q))
    return abs(sum(x * y for x, y in zip(p, q, strict=True)) - n) < 1e-9 * n


@alternative(part="same-decisions")
def by_the_factor(p, q):
    place = max(range(3), key=lambda i: abs(p[i]))
    c = q[place] / p[place]
    return c > 0 and all(math.isclose(c * x, y, rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(p, q, strict=True))


@alternative(part="same-decisions")
def equal_unit_vectors(p, q):
    p, q = (torch.tensor(one, dtype=torch.float64) for one in (p, q))
    return torch.allclose(p / p.norm(), q / q.norm())


@alternative(part="same-decisions")
def same_line_and_same_signs(p, q):
    return same_line(p, q) and all(x * y > 0 or x == y == 0 for x, y in zip(p, q, strict=True))


@alternative(part="same-decisions")
def scaled_to_a_common_length(p, q):
    import numpy as np

    p, q = np.array(p), np.array(q)
    return bool(np.abs(p * np.abs(q).sum() - q * np.abs(p).sum()).max() < 1e-8)


@mistake(
    "sign-ignored",
    "Asks for the same line only.",
    hint="A negative factor leaves the line and swaps the two sides. Test (1, 1, 5) and (-1, -1, -5) at (0, 0).",
    part="same-decisions",
)
def sign_ignored(p, q):
    return same_line(p, q)


@mistake(
    "one-weight-asked",
    "Looks at the sign of w1 alone.",
    hint="For a vertical line w1 is zero and has no sign. Which sign do the other parameters have?",
    part="same-decisions",
)
def one_weight_asked(p, q):
    return same_line(p, q) and p[1] * q[1] > 0


@mistake(
    "equal-triples-only",
    "Asks whether the triples are equal.",
    hint="Double all three parameters: every z is doubled. Does any point change sides?",
    part="same-decisions",
)
def equal_triples_only(p, q):
    return all(math.isclose(x, y, rel_tol=1e-9) for x, y in zip(p, q, strict=True))


@mistake(
    "signs-only",
    "Compares the signs of the parameters and nothing else.",
    hint="Equal signs do not make equal lines. Two different lines have points between them.",
    part="same-decisions",
)
def signs_only(p, q):
    return all(x * y > 0 or x == y for x, y in zip(p, q, strict=True))


@mistake(
    "weights-only",
    "Compares the weights and leaves out the bias.",
    hint="Parallel lines with black on the same side: what about the points between them?",
    part="same-decisions",
)
def weights_only(p, q):
    return same_decisions((*p[:2], 0.0), (*q[:2], 0.0))
