"""Gradient descent on the eggholder. Settings and trials are repeated here, with the derivatives written out."""

import math

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake, plural, script


def eggholder(w):
    w0, v = w[..., 0], w[..., 1] + 47
    return -v * torch.sin(torch.sqrt(torch.abs(v + w0 / 2))) - w0 * torch.sin(torch.sqrt(torch.abs(w0 - v)))


def descend(start, alpha, steps):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    history = torch.empty(steps + 1, 2, dtype=torch.float64)
    history[0] = w.detach()
    for i in range(steps):
        eggholder(w).backward()
        with torch.no_grad():
            w -= alpha * w.grad
            w.grad = None
            history[i + 1] = w
    return history


def first_minimum():
    return (400.0, 130.0), 0.5, 200


def trials():
    return [
        (start, alpha, 300, classified(descend(start, alpha, 300)))
        for start in ((400.0, 130.0), (380.0, 110.0), (440.0, 130.0))
        for alpha in (0.01, 0.5, 2.0)
    ]


def classified(history):
    w = history[-1].clone().requires_grad_()
    eggholder(w).backward()
    if w.grad.norm() < 0.01:
        return "found" if (history[-1] - torch.tensor((418.5606, 171.0431))).norm() < 0.5 else "elsewhere"
    return "slow" if bool((eggholder(history[-11:]).diff() < 0).all()) else "bounces"


# --- the judge's own run ------------------------------------------------------------------------------------------

MINIMUM, AROUND = (418.5606, 171.0431), (400.0, 130.0)
OUTCOMES = ("found", "elsewhere", "slow", "bounces")
SHIFTS = ((0.0, 0.0), (1e-9, 0.0), (0.0, 1e-9), (-1e-9, 0.0), (0.0, -1e-9))


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


def outcome(start, alpha, steps):
    """What comes of a run, in the words of the prompt."""
    way = run(start, alpha, steps)
    if math.hypot(*slope(*way[-1])) < 0.01:
        return "found" if math.dist(way[-1], MINIMUM) < 0.5 else "elsewhere"
    values = [value(*w) for w in way[-11:]]
    return "slow" if all(after < before for before, after in zip(values, values[1:], strict=False)) else "bounces"


def outcomes(start, alpha, steps):
    """What comes of the run and of its neighbours, a rounding error away."""
    return {outcome((start[0] + x, start[1] + y), alpha, steps) for x, y in SHIFTS}


def setting(one):
    """Start, rate and steps as numbers, or a finding."""
    try:
        start, alpha, steps = one
        x, y = (float(number) for number in start)
        alpha, count = float(alpha), float(steps)
    except (TypeError, ValueError, RuntimeError):
        return Finding("A setting is `(start, alpha, steps)`: two numbers, a number and a whole number.", "form")
    if max(abs(x - AROUND[0]), abs(y - AROUND[1])) > 50 or math.isnan(x + y):
        return Finding(
            f"The start ({x:g}, {y:g}) is too far from (400, 130).",
            "too-far",
            expected="at most 50 in each coordinate",
        )
    if math.dist((x, y), MINIMUM) < 20:
        return Finding(
            f"The start ({x:g}, {y:g}) is the minimum, or less than 20 away from it.",
            "at-the-answer",
            hint="Let the descent find the minimum. Start at least 20 away.",
        )
    if not 0 < alpha <= 10:
        return Finding(f"The rate {alpha:g} is not between 0 and 10.", "rate-out-of-range")
    if count != round(count) or not 10 <= count <= 1000:
        return Finding(f"{count:g} is not a whole number of steps from 10 to 1000.", "steps-out-of-range")
    return (x, y), alpha, int(count)


# --- descent ------------------------------------------------------------------------------------------------------


def smooth(start, alpha, steps):
    """Whether a run stays away from the creases of the surface, where rounding errors would grow."""
    return all(abs(x - y - 47) > 8 and abs(y + 47 + x / 2) > 8 for x, y in run(start, alpha, steps))


def drawn(rng: Rng, alpha, steps):
    """A start from which the run is smooth."""
    while True:
        start = rng.uniform(low=-300.0, high=300.0), rng.uniform(low=-300.0, high=300.0)
        if smooth(start, alpha, steps):
            return start


@cases("descend")
def short_runs(rng: Rng):
    for steps, low, high in ((0, 0.1, 0.2), (1, 0.1, 0.3), (5, 0.05, 0.1), (12, 0.01, 0.05), (7, 0.1, 0.3)):
        alpha = rng.uniform(low=low, high=high)
        start = drawn(rng, alpha, steps)
        yield case(start=start, alpha=alpha, steps=steps, label=plural(steps, "step"), rtol=1e-8)
    yield case(start=(400, 130), alpha=0.1, steps=3, label="a start of integers", rtol=1e-8)


@alternative(part="descend")
def copies_in_a_list(start, alpha, steps):
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    history = [w.detach().clone()]
    for _ in range(steps):
        w.grad = None
        eggholder(w).backward()
        with torch.no_grad():
            w -= alpha * w.grad
        history.append(w.detach().clone())
    return torch.stack(history)


@alternative(part="descend")
def asks_for_the_gradient(start, alpha, steps):
    history = [torch.tensor(start, dtype=torch.float64)]
    for _ in range(steps):
        w = history[-1].clone().requires_grad_()
        (g,) = torch.autograd.grad(eggholder(w), w)
        history.append((w - alpha * g).detach())
    return torch.stack(history)


@alternative(part="descend")
def with_an_optimiser(start, alpha, steps):
    w = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimiser = torch.optim.SGD([w], lr=alpha)
    history = [w.tolist()]
    for _ in range(steps):
        optimiser.zero_grad()
        eggholder(w).backward()
        optimiser.step()
        history.append(w.tolist())
    return torch.tensor(history, dtype=torch.float64)


@alternative(part="descend")
def derivatives_by_hand(start, alpha, steps):
    return torch.tensor(run(tuple(map(float, start)), alpha, steps), dtype=torch.float64)


@alternative(part="descend")
def with_a_function_of_the_gradient(start, alpha, steps):
    gradient = torch.func.grad(eggholder)
    history = torch.zeros(steps + 1, 2).double()
    history[0] = torch.as_tensor(start, dtype=torch.float64)
    for i in range(steps):
        history[i + 1] = history[i] - alpha * gradient(history[i])
    return history


edit(
    "kept-without-copying",
    "Keeps the tensor that is changed in place, so that every row is the end.",
    hint="All rows of your history are the same: the list holds one tensor many times, and it is changed in place. Keep copies.",
    part="descend",
    of=copies_in_a_list,
    replace=("history.append(w.detach().clone())", "history.append(w.detach())"),
)
edit(
    "gradient-left",
    "Adds each gradient to those before it.",
    hint="`backward()` adds to `.grad`. Your steps become longer and longer; clear it after each step.",
    part="descend",
    replace=("            w.grad = None\n", ""),
)
edit(
    "uphill",
    "Goes along the gradient instead of against it.",
    hint="The gradient points to where the function grows fastest. Which sign does the step have?",
    part="descend",
    replace=("w -= alpha", "w += alpha"),
)
edit(
    "start-missing",
    "Leaves out the start.",
    hint="Row 0 is the start, and there is a row for each step after it: steps + 1 rows.",
    part="descend",
    of=copies_in_a_list,
    replace=("return torch.stack(history)", "return torch.stack(history)[min(1, steps):]"),
)
edit(
    "without-dtype",
    "Makes a tensor of the start as it comes: float32, and no floating point at all for integers.",
    hint="`torch.tensor((400, 130))` holds integers, which have no gradient, and floats become float32. Give the dtype: torch.float64.",
    part="descend",
    replace=("torch.tensor(start, dtype=torch.float64, requires_grad=True)", "torch.tensor(start, requires_grad=True)"),
)
edit(
    "single-precision",
    "Computes in float32.",
    hint="The differences are those of rounding: float32 has only seven digits. Make the start float64.",
    part="descend",
    replace=("torch.tensor(start, dtype=torch.float64, requires_grad=True)", "torch.tensor(start, dtype=torch.float32, requires_grad=True)"),
)
edit(
    "one-step-less",
    "Takes one step less.",
    hint="After n steps the history has n + 1 rows, and the last one is where step n has led.",
    part="descend",
    of=copies_in_a_list,
    replace=("range(steps)", "range(steps - 1)"),
)


# --- settings -----------------------------------------------------------------------------------------------------


@cases("settings")
def once(rng: Rng):
    s = script("your settings", weight=0)
    s.call("first_minimum", label="settings", compare=False)
    yield s


@check("a start, a rate and a number of steps, as the prompt allows them", part="settings")
def allowed(got, ref, inputs):
    found = setting(got["settings"])
    return found if isinstance(found, Finding) else None


@check("ends at the minimum", part="settings", weight=2)
def arrives(got, ref, inputs):
    found = setting(got["settings"])
    if isinstance(found, Finding):
        return Finding("This can only be said of settings that are allowed.")
    came = outcome(*found)
    if came == "found":
        return None
    (x, y) = end = run(*found)[-1]
    length = math.hypot(*slope(*end))
    named = {
        "elsewhere": Finding(
            f"The run ends in another valley, at ({x:.2f}, {y:.2f}) with the value {value(x, y):.1f}.",
            "another-valley",
            hint="At the minimum near (400, 130) the function is about -629.6. Try a start closer to that, or another rate.",
        ),
        "slow": Finding(
            f"The run ends at ({x:.2f}, {y:.2f}), still on its way: the gradient has the length {length:.3g}.",
            "too-slow",
            hint="Every step still lowers the function. Take more steps, or longer ones.",
        ),
        "bounces": Finding(
            f"The run does not come to rest: at ({x:.2f}, {y:.2f}) the last step still had the length {math.dist(*run(*found)[-2:]):.3g}.",
            "no-rest",
            hint="The steps leap from one side of the valley to the other. Take a smaller rate.",
        ),
    }
    return named[came]


@alternative(part="settings")
def from_the_corner():
    return [350, 80], 1, 500


@alternative(part="settings")
def a_tensor_for_the_start():
    return torch.tensor([440.0, 130.0]), torch.tensor(0.3), 1000


@alternative(part="settings")
def close_to_the_limit():
    return (400.0, 100.0), 1.8, 1000


@alternative(part="settings")
def many_short_steps():
    return (450.0, 160.0), 0.2, 1000


@alternative(part="settings")
def from_the_other_side():
    return [(380.0, 180.0), 0.75, 300.0]




def ends(*names):
    """A condition: the run that was handed in ends like this."""

    def holds(got, ref, inputs):
        found = setting(got["settings"])
        return (found.name if isinstance(found, Finding) else outcome(*found)) in names

    return holds


edit(
    "answer-as-the-start",
    "Starts at the answer.",
    hint="A run that starts at the minimum finds nothing. Start at least 20 away.",
    part="settings",
    replace=("(400.0, 130.0), 0.5, 200", "(418.56, 171.04), 0.5, 200"),
    when=ends("at-the-answer"),
)
edit(
    "too-small-a-rate",
    "The rate is too small for so few steps.",
    hint="Every step still lowers the function. Take more steps, or longer ones.",
    part="settings",
    replace=("(400.0, 130.0), 0.5, 200", "(400.0, 130.0), 0.01, 1000"),
    when=ends("slow"),
)
edit(
    "too-large-a-rate",
    "The rate is too large: the run leaps from one side of the valley to the other.",
    hint="The steps no longer become shorter. Take a smaller rate.",
    part="settings",
    replace=("(400.0, 130.0), 0.5, 200", "(400.0, 130.0), 2.0, 1000"),
    when=ends("bounces"),
)
edit(
    "start-far-away",
    "Starts outside the neighbourhood.",
    hint="Each coordinate of the start is at most 50 from that of (400, 130).",
    part="settings",
    replace=("(400.0, 130.0), 0.5, 200", "(300.0, 135.0), 0.5, 400"),
    when=ends("too-far"),
)


# --- trials -------------------------------------------------------------------------------------------------------


@cases("trials")
def log_once(rng: Rng):
    s = script("your log", weight=0)
    s.call("trials", label="log", compare=False)
    yield s


def entries(got):
    """The trials as settings with their words, or the first thing that is wrong with them."""
    log = got["log"]
    if not isinstance(log, list | tuple) or not 0 < len(log) <= 40:
        return Finding("The log is a list of 1 to 40 trials.", "form")
    found = []
    for number, one in enumerate(log, 1):
        if not isinstance(one, list | tuple) or len(one) != 4 or one[3] not in OUTCOMES:
            return Finding(
                f"Trial {number} is not `(start, alpha, steps, outcome)` with one of the four words.", "form"
            )
        allowed = setting(one[:3])
        if isinstance(allowed, Finding):
            return Finding(f"Trial {number}: {allowed.message}", allowed.name, hint=allowed.hint)
        found.append((*allowed, one[3]))
    return found


@check("every trial is as the prompt allows it", part="trials")
def trials_allowed(got, ref, inputs):
    found = entries(got)
    return found if isinstance(found, Finding) else None


@check("three starts with the same three rates", part="trials")
def grid(got, ref, inputs):
    found = entries(got)
    if isinstance(found, Finding):
        return Finding("This can only be said of trials that are allowed.")
    rates = {}
    for start, alpha, _, _ in found:
        rates.setdefault(start, set()).add(alpha)
    starts = list(rates)
    for i, a in enumerate(starts):
        for j in range(i + 1, len(starts)):
            for k in range(j + 1, len(starts)):
                b, c = starts[j], starts[k]
                apart = min(math.dist(a, b), math.dist(a, c), math.dist(b, c)) >= 5
                if apart and len(rates[a] & rates[b] & rates[c]) >= 3:
                    return None
    return Finding(
        "There are no three starts, 5 or more apart, that were each tried with the same three rates.",
        "no-grid",
        hint="Two loops, one in the other: over three starts and over three rates. That makes nine trials.",
    )


@check("each outcome is what comes of the run", part="trials", weight=2)
def each_true(got, ref, inputs):
    found = entries(got)
    if isinstance(found, Finding):
        return Finding("This can only be said of trials that are allowed.")
    for number, (start, alpha, steps, word) in enumerate(found, 1):
        came = outcomes(start, alpha, steps)
        if came != {word} and len(came) == 1:
            (right,) = came
            called = {"bounces": "bounces-called", "slow": "slow-called"}.get(right, "rest-called")
            hint = {
                "bounces": "How long was the last step? A run that leaps to and fro has not come to rest.",
                "slow": "The gradient at the end is still longer than 0.01, and every step lowers the function.",
            }.get(right, "The gradient at the end is shorter than 0.01. Now compare the place with the minimum.")
            return Finding(
                f"Trial {number}, from {start} with the rate {alpha:g}, is not {word!r}.",
                f"{called}-{word}",
                expected=right,
                got=word,
                hint=hint,
            )
    return None


@check("one run is found, one slow, and one bounces", part="trials")
def all_kinds(got, ref, inputs):
    found = entries(got)
    if isinstance(found, Finding):
        return Finding("This can only be said of trials that are allowed.")
    missing = [word for word in ("found", "slow", "bounces") if word not in {one[3] for one in found}]
    if not missing:
        return None
    return Finding(
        f"No trial is {missing[0]!r}.",
        "kind-missing",
        hint={
            "found": "Include settings that have found the minimum.",
            "slow": "What would a rate do that is a hundredth of yours?",
            "bounces": "What would a rate do that is twice as large, or four times?",
        }[missing[0]],
    )


@alternative(part="trials")
def written_down():
    log = []
    for start in ([400, 130], [370, 150], [350, 80], [445, 135]):
        log += [(start, 0.001, 200, "slow"), (start, 1, 500, "found"), (start, 2, 500, "bounces")]
    return log


@alternative(part="trials")
def more_rates():
    return [
        ((x, y), alpha, 300, outcome((x, y), alpha, 300))
        for x, y in ((400.0, 100.0), (380.0, 110.0), (450.0, 160.0))
        for alpha in (0.01, 0.1, 0.5, 1.0, 1.5, 2.0, 5.0, 10.0)
    ]


@alternative(part="trials")
def as_lists():
    return [list(one) for one in trials()]


@alternative(part="trials")
def with_tensors():
    return [(torch.tensor(start), torch.tensor(alpha), steps, word) for start, alpha, steps, word in trials()]


@alternative(part="trials")
def different_numbers_of_steps():
    steps = {0.005: 1000, 0.8: 100, 2.0: 999}
    starts = ((400.0, 130.0), (360.0, 140.0), (420.0, 120.0))
    return [(s, a, n, outcome(s, a, n)) for s in starts for a, n in steps.items()]


@mistake(
    "two-cycle-called-found",
    "Calls a run found that leaps to and fro.",
    hint="How long was the last step? A run that leaps to and fro has not come to rest.",
    part="trials",
    when=lambda got, ref, inputs: any(
        word == "found" and outcomes(*one) == {"bounces"} for *one, word in entries(got)
    ),
)
def two_cycle_called_found():
    return [(*one, "found" if word == "bounces" else word) for *one, word in trials()] + [
        ((400.0, 130.0), 2.1, 300, "bounces")
    ]


@mistake(
    "crawling-called-found",
    "Calls a run found that is still on its way.",
    hint="The gradient at the end is still longer than 0.01. How far would more steps lead?",
    part="trials",
    when=lambda got, ref, inputs: any(word == "found" and outcomes(*one) == {"slow"} for *one, word in entries(got)),
)
def crawling_called_found():
    return [(*one, "found" if one[1] == 0.1 else word) for *one, word in trials()] + [
        ((400.0, 130.0), 0.1, 100, "found")
    ]


@mistake(
    "only-successes",
    "Leaves out what has failed.",
    hint="A log holds failures too: at least one run is to be slow, and one is to bounce.",
    part="trials",
    when=lambda got, ref, inputs: {word for *_, word in entries(got)} == {"found"},
)
def only_successes():
    return [(one[0], alpha, 500, "found") for one in trials()[::3] for alpha in (0.5, 1.0, 1.5)]


@mistake(
    "one-start",
    "Tries a single start.",
    hint="Two loops, one in the other: over three starts and over three rates.",
    part="trials",
    when=lambda got, ref, inputs: len({one[0] for one in entries(got)}) == 1,
)
def one_start():
    return trials()[:3]


edit(
    "outcomes-by-the-rate",
    "Calls the runs by their rate, without looking.",
    hint="Look at each run's end: at the length of the gradient, the place, and the last ten values.",
    part="trials",
    replace=("classified(descend(start, alpha, 300))", '"slow" if alpha < 1 else "bounces"'),
    when=lambda got, ref, inputs: "found" not in {word for *_, word in entries(got)},
)

edit(
    "unit-length",
    "Goes along the direction of the gradient, whatever its length is.",
    hint="A step is `alpha` times the gradient itself.",
    part="descend",
    replace=("w -= alpha * w.grad", "w -= alpha * w.grad / w.grad.norm()"),
)
