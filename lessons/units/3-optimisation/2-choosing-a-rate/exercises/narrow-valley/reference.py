"""Settings for the minima near (450, 420), repeated here with the derivatives written out."""

import math

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, script

SHALLOW, DEEP = [(439.4810, 453.9774)], [(479.0454, 434.5059), (482.3533, 432.8790)]


def second_minimum():
    return (450.0, 420.0), 0.1, 500


def deep_minimum():
    return (450.0, 420.0), 0.02, 2000


# --- the judge's own run ------------------------------------------------------------------------------------------


def slope_of_sine(p):
    """The derivative of sin sqrt |p|; 0 where there is none."""
    root = math.sqrt(abs(p))
    return math.cos(root) / (2 * root) * math.copysign(1, p) if root else 0.0


def value(x, y):
    v = y + 47
    return -v * math.sin(math.sqrt(abs(v + x / 2))) - x * math.sin(math.sqrt(abs(x - v)))


def slope(x, y):
    v = y + 47
    first, second = slope_of_sine(v + x / 2), slope_of_sine(x - v)
    dx = -v * first / 2 - math.sin(math.sqrt(abs(x - v))) - x * second
    return dx, -math.sin(math.sqrt(abs(v + x / 2))) - v * first + x * second


def run(start, alpha, steps):
    """All points on the way."""
    way = [start]
    for _ in range(steps):
        (x, y), (dx, dy) = way[-1], slope(*way[-1])
        way.append((x - alpha * dx, y - alpha * dy))
    return way


def setting(one):
    """Start, rate and steps as numbers, or a finding."""
    try:
        start, alpha, steps = one
        x, y = (float(number) for number in start)
        alpha, count = float(alpha), float(steps)
    except (TypeError, ValueError, RuntimeError):
        return Finding("A setting is `(start, alpha, steps)`: two numbers, a number and a whole number.", "form")
    if max(abs(x - 450), abs(y - 420)) > 50 or math.isnan(x + y):
        return Finding(
            f"The start ({x:g}, {y:g}) is too far from (450, 420).",
            "too-far",
            expected="at most 50 in each coordinate",
        )
    if min(math.dist((x, y), minimum) for minimum in SHALLOW + DEEP) < 20:
        return Finding(
            f"The start ({x:g}, {y:g}) is one of the minima, or less than 20 away from one.",
            "at-the-answer",
            hint="Let the descent find the minimum. Start at least 20 away from all three.",
        )
    if not 0 < alpha <= 10:
        return Finding(f"The rate {alpha:g} is not between 0 and 10.", "rate-out-of-range")
    if count != round(count) or not 10 <= count <= 5000:
        return Finding(f"{count:g} is not a whole number of steps from 10 to 5000.", "steps-out-of-range")
    return (x, y), alpha, int(count)


def end_of(found, minima):
    """What is to be said of a run that was to end in one of these minima, None if it does."""
    way = run(*found)
    x, y = end = way[-1]
    length = math.hypot(*slope(*end))
    near = min(math.dist(end, minimum) for minimum in minima) < 0.5
    if length < 0.05 and near:
        return None
    if length < 0.05 and min(math.dist(end, minimum) for minimum in SHALLOW) < 0.5:
        return Finding(
            f"The run ends in the third minimum, at ({x:.2f}, {y:.2f}) with the value {value(x, y):.1f}.",
            "the-third-one",
            hint="One of the two deep minima is wanted. Look where the first steps lead. Do shorter ones lead elsewhere?",
        )
    if length < 0.05:
        return Finding(
            f"The run ends in another valley, at ({x:.2f}, {y:.2f}) with the value {value(x, y):.1f}.",
            "over-a-ridge",
            hint="It was carried over a ridge. Try another start, or a smaller rate.",
        )
    values = [value(*w) for w in way[-11:]]
    if all(after < before for before, after in zip(values, values[1:], strict=False)):
        return Finding(
            f"The run ends at ({x:.2f}, {y:.2f}), still on its way: the gradient has the length {length:.3g}.",
            "too-slow",
            hint="Every step still lowers the function. Take more steps, or longer ones.",
        )
    return Finding(
        f"The run does not come to rest: at ({x:.2f}, {y:.2f}) the last step still had the length {math.dist(*way[-2:]):.3g}.",
        "no-rest",
        hint="Watch the first steps: how far do they leap, compared with the width of the valley? Take a smaller rate.",
    )


ALLOWED = "a start, a rate and a number of steps, as the prompt allows them"
NOTHING_YET = Finding("This can only be said of settings that are allowed.")


def judged(got, minima):
    found = setting(got["settings"])
    return NOTHING_YET if isinstance(found, Finding) else end_of(found, minima)


def name_of(got, minima):
    """The name of what is found against a run, first of all against its settings."""
    found = setting(got["settings"])
    against = found if isinstance(found, Finding) else end_of(found, minima)
    return against.name if against else ""


@cases("second")
def once(rng: Rng):
    s = script("your settings", weight=0)
    s.call("second_minimum", label="settings", compare=False)
    yield s


@check(ALLOWED, part="second")
def allowed(got, ref, inputs):
    found = setting(got["settings"])
    return found if isinstance(found, Finding) else None


@check("ends in one of the three minima", part="second", weight=2)
def arrives(got, ref, inputs):
    return judged(got, SHALLOW + DEEP)


@cases("deep")
def again(rng: Rng):
    s = script("your settings", weight=0)
    s.call("deep_minimum", label="settings", compare=False)
    yield s


@check(ALLOWED, part="deep")
def allowed_too(got, ref, inputs):
    found = setting(got["settings"])
    return found if isinstance(found, Finding) else None


@check("ends in one of the deep minima", part="deep", weight=2)
def arrives_deep(got, ref, inputs):
    return judged(got, DEEP)


# --- any of the three ---------------------------------------------------------------------------------------------


@alternative(part="second")
def a_deep_one():
    return (450, 420), 0.02, 2000


@alternative(part="second")
def a_larger_rate():
    return torch.tensor([440.0, 420.0]), 0.5, 1000


@alternative(part="second")
def from_the_left():
    return [400.0, 440.0], 0.05, 5000


@alternative(part="second")
def with_tensors():
    return torch.tensor([450.0, 420.0]), torch.tensor(0.1), torch.tensor(800)


@alternative(part="second")
def small_steps():
    return [(440.0, 425.0), 0.01, 4000]


edit(
    "rate-of-the-first",
    "Takes the rate that was good in the last exercise.",
    hint="Watch the first steps: how far do they leap, compared with the width of the valley? Take a smaller rate.",
    part="second",
    replace=("0.1, 500", "1.0, 500"),
    when=lambda got, ref, inputs: name_of(got, SHALLOW + DEEP) == "no-rest",
)
edit(
    "over-a-ridge-from-the-right",
    "Starts so far to the right that the run ends in a valley outside.",
    hint="The run ends in another valley. Try a start farther to the left.",
    part="second",
    replace=("(450.0, 420.0)", "(500.0, 420.0)"),
    when=lambda got, ref, inputs: name_of(got, SHALLOW + DEEP) == "over-a-ridge",
)
edit(
    "too-few-steps",
    "Stops on the way.",
    hint="Every step still lowers the function. Take more steps, or longer ones.",
    part="second",
    replace=("0.1, 500", "0.01, 500"),
    when=lambda got, ref, inputs: name_of(got, SHALLOW + DEEP) == "too-slow",
)
edit(
    "answer-as-the-start",
    "Starts at the answer.",
    hint="A run that starts at the minimum finds nothing. Start at least 20 away from all three.",
    part="second",
    replace=("(450.0, 420.0)", "(439.48, 453.98)"),
    when=lambda got, ref, inputs: name_of(got, SHALLOW + DEEP) == "at-the-answer",
)
edit(
    "far-away",
    "Starts outside the neighbourhood.",
    hint="Each coordinate of the start is at most 50 from that of (450, 420).",
    part="second",
    replace=("(450.0, 420.0)", "(380.0, 420.0)"),
    when=lambda got, ref, inputs: name_of(got, SHALLOW + DEEP) == "too-far",
)


# --- a deep one ---------------------------------------------------------------------------------------------------


@alternative(part="deep")
def half_the_rate():
    return (450.0, 420.0), 0.01, 5000


@alternative(part="deep")
def from_the_top_right():
    return [490, 455], 0.02, 3000


@alternative(part="deep")
def as_tensors():
    return torch.tensor([450.0, 420.0]), torch.tensor(0.015), 4000


@alternative(part="deep")
def at_the_limit():
    return (450.0, 420.0), 0.0203, 2500


@alternative(part="deep")
def a_start_a_little_beside():
    return [(451.0, 420.5), 0.018, 3000]


edit(
    "ten-times-the-rate",
    "Is led past the deep valleys by steps that are too long.",
    hint="One of the two deep minima is wanted. Make the rate smaller, and let the run take more steps.",
    part="deep",
    replace=("0.02, 2000", "0.1, 2000"),
    when=lambda got, ref, inputs: name_of(got, DEEP) == "the-third-one",
)
edit(
    "just-above-the-limit",
    "The rate is a little too large, and the run leaps from wall to wall.",
    hint="Your run is in the right valley, or near it, and does not come to rest. Make the rate a little smaller.",
    part="deep",
    replace=("0.02, 2000", "0.03, 2000"),
    when=lambda got, ref, inputs: name_of(got, DEEP) == "no-rest",
)
edit(
    "too-few-steps-along-the-floor",
    "Stops on the floor of the valley.",
    hint="Along the floor it is slow: every step still lowers the function. Take more steps.",
    part="deep",
    replace=("0.02, 2000", "0.02, 500"),
    when=lambda got, ref, inputs: name_of(got, DEEP) == "too-slow",
)
edit(
    "start-in-the-valley",
    "Starts next to the answer.",
    hint="Start at least 20 away from all three minima, and let the descent find one.",
    part="deep",
    replace=("(450.0, 420.0)", "(478.0, 434.0)"),
    when=lambda got, ref, inputs: name_of(got, DEEP) == "at-the-answer",
)
edit(
    "into-the-valley-outside",
    "Ends in a valley outside the neighbourhood.",
    hint="The run was carried over a ridge, to the right. Start farther to the left.",
    part="deep",
    replace=("(450.0, 420.0)", "(500.0, 420.0)"),
    when=lambda got, ref, inputs: name_of(got, DEEP) == "over-a-ridge",
)
