"""Two hinges make a valley: a deep network whose probability falls and rises along one pixel."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake

SIZES = ((20, 784), (20,), (10, 20), (10,))


def non_monotone():
    return two_hinges(1, -1, 1, 1)


def within_pixels():
    return two_hinges(4, -4, 1, 1, bias=(-2, 2))


def two_hinges(up, down, first, second, bias=(0, 0), dtype=torch.float32):
    W1, b1, W2, b2 = (torch.zeros(*size, dtype=dtype) for size in SIZES)
    W1[0, 0], W1[1, 0] = up, down
    b1[0], b1[1] = bias
    W2[0, 0], W2[0, 1] = first, second
    return W1, b1, W2, b2


@cases("valley")
def from_minus_two(rng: Rng):
    yield case(label="x_0 from -2 to 2", compare=False)


@cases("within-pixels")
def from_zero(rng: Rng):
    yield case(label="x_0 from 0 to 1", compare=False)


def in_form(got):
    return (
        isinstance(got, tuple | list)
        and len(got) == 4
        and all(isinstance(one, torch.Tensor) and one.is_floating_point() for one in got)
        and tuple(tuple(one.shape) for one in got) == SIZES
        and all(bool(torch.isfinite(one).all()) for one in got)
    )


def curve(got, low, high, activation=torch.relu):
    """The probability of class 0 at 401 values of the first pixel, all others 0."""
    W1, b1, W2, b2 = (one.double() for one in got)
    x = torch.linspace(low, high, 401, dtype=torch.float64)
    return torch.softmax(activation(x[:, None] * W1[:, 0] + b1) @ W2.T + b2, dim=1)[:, 0]


def is_valley(y, by=0.01):
    """Whether there is a place before which it falls by so much, and after which it rises by so much."""
    before = torch.cummax(y, 0).values - y
    after = torch.cummax(y.flip(0), 0).values.flip(0) - y
    return bool(((before >= by) & (after >= by)).any())


def said(y):
    return ", ".join(f"{value:.4f}" for value in y[::100].tolist())


@check("four tensors of the right sizes", part="valley")
def form(got, ref, inputs):
    return None if in_form(got) else Finding(f"Four tensors of floats are expected, of the sizes {SIZES}.", name="form")


@check("four tensors of the right sizes", part="within-pixels")
def same_form(got, ref, inputs):
    return None if in_form(got) else Finding(f"Four tensors of floats are expected, of the sizes {SIZES}.", name="form")


@check("y_0 falls and then rises between -2 and 2", part="valley", weight=3)
def falls_then_rises(got, ref, inputs):
    if not in_form(got):
        return Finding("This can only be said of a network.")
    y = curve(got, -2.0, 2.0)
    if is_valley(y):
        return None
    return Finding(f"It is {said(y)} at -2, -1, 0, 1 and 2.", name="no-valley", expected="a valley of 0.01")


@check("y_0 falls and then rises between 0 and 1", part="within-pixels", weight=3)
def a_valley(got, ref, inputs):
    if not in_form(got):
        return Finding("This can only be said of a network.")
    y = curve(got, 0.0, 1.0)
    if is_valley(y):
        return None
    return Finding(f"It is {said(y)} at 0, 0.25, 0.5, 0.75 and 1.", name="no-valley", expected="a valley of 0.01")


# --- from -2 to 2 -------------------------------------------------------------------------------------------------


@alternative(part="valley")
def steeper_in_double():
    return two_hinges(-3, 2, 2, 1.5, dtype=torch.float64)


@alternative(part="valley")
def all_twenty():
    W1 = torch.zeros(20, 784)
    W1[:, 0] = torch.tensor([1.0, -1.0]).repeat(10)
    return W1, torch.zeros(20), torch.full((10, 20), 0.2) * torch.eye(10)[0][:, None], torch.zeros(10)


@alternative(part="valley")
def with_layers():
    first, second = torch.nn.Linear(784, 20), torch.nn.Linear(20, 10)
    with torch.no_grad():
        for parameter in (*first.parameters(), *second.parameters()):
            parameter.zero_()
        first.weight[:2, 0] = torch.tensor([1.0, -1.0])
        second.weight[0, :2] = 1
    return first.weight, first.bias, second.weight, second.bias


@alternative(part="valley")
def by_the_other_classes():
    """The scores of all others are raised in the middle."""
    W1, b1, W2, b2 = (torch.zeros(*size) for size in SIZES)
    W1[4, 0], W1[7, 0] = 1.0, -1.0
    W2[1:, 4] = W2[1:, 7] = -1.0
    return W1, b1, W2, b2


@alternative(part="valley")
def one_ditch():
    """Three hinges that open to the same side: down, up twice as steeply, level."""
    W1, b1, W2, b2 = (torch.zeros(*size) for size in SIZES)
    W1[:3, 0], b1[:3] = 1.0, torch.tensor([1.0, 0.0, -1.0])
    W2[0, :3] = torch.tensor([-1.0, 2.0, -1.0])
    return W1, b1, W2, b2


def both_slopes(got):
    """The weights from the first pixel to the hidden neurons that reach the score of class 0, and those from there."""
    W1, _, W2, _ = got
    used = (W1[:, 0] != 0) & (W2[0] != 0)
    return W1[used, 0], W2[0, used]


def mixed(weights):
    return bool((weights > 0).any()) and bool((weights < 0).any())


@mistake(
    "other-sizes",
    "Returns something other than four tensors of floats in the right sizes.",
    hint="The weights of a layer have a row for each of its outputs and a column for each of its inputs.",
    part="valley",
    when=lambda got, ref, inputs: not in_form(got),
)
def other_sizes():
    W1, b1, W2, b2 = non_monotone()
    return W1.T, b1, W2.T, b2


edit(
    "a-hill",
    "Has a hill instead of a valley.",
    hint="Yours rises and then falls, which a flat network can do too. Turn the signs of the second layer round.",
    part="valley",
    replace=("1, -1, 1, 1", "1, -1, -1, -1"),
    when=lambda got, ref, inputs: is_valley(-curve(got, -2.0, 2.0)),
)
edit(
    "opposite-twice",
    "Has opposite signs in both layers.",
    hint="Opposite signs in both layers make a straight line. Draw the two hinges and add them.",
    part="valley",
    replace=("1, -1, 1, 1", "1, -1, 1, -1"),
    when=lambda got, ref, inputs: all(map(mixed, both_slopes(got))),
)
edit(
    "same-side",
    "Both hinges open to the same side.",
    hint="Both hinges open to the same side, since both weights of the first layer have the same sign.",
    part="valley",
    replace=("1, -1, 1, 1", "1, 2, 1, 1"),
    when=lambda got, ref, inputs: len(both_slopes(got)[0]) > 1 and not mixed(both_slopes(got)[0]),
)
edit(
    "one-hinge",
    "Uses one hidden neuron only.",
    hint="One hinge is flat on one side and slopes on the other: it never turns. Use a second one.",
    part="valley",
    replace=("1, -1, 1, 1", "1, 0, 1, 1"),
    when=lambda got, ref, inputs: len(both_slopes(got)[0]) <= 1,
)
edit(
    "too-flat",
    "Has a valley that is too shallow.",
    hint="The form is right, but the weights are too small: the probability moves by less than a hundredth.",
    part="valley",
    replace=("1, -1, 1, 1", "0.01, -0.01, 1, 1"),
    when=lambda got, ref, inputs: is_valley(curve(got, -2.0, 2.0), by=1e-7),
)


# --- from 0 to 1 --------------------------------------------------------------------------------------------------


@alternative(part="within-pixels")
def another_place():
    return two_hinges(6, -3, 1, 2, bias=(-2.4, 0.9))


@alternative(part="within-pixels")
def in_double():
    return two_hinges(-10, 10, 0.5, 0.5, bias=(5, -5), dtype=torch.float64)


@alternative(part="within-pixels")
def biased_as_well():
    W1, b1, W2, _ = two_hinges(4, -4, 1, 1, bias=(-2, 2))
    return W1, b1, W2, torch.linspace(-0.5, 0.5, 10)


@alternative(part="within-pixels")
def same_side_twice():
    """Two hinges that open to the right: down, and up twice as steeply from the middle on."""
    return two_hinges(4, 4, -1, 2, bias=(0, -2))


@alternative(part="within-pixels")
def in_lists():
    W1, W2 = [[0.0] * 784 for _ in range(20)], [[0.0] * 20 for _ in range(10)]
    W1[3][0], W1[8][0], W2[0][3], W2[0][8] = 4.0, -4.0, 1.0, 1.0
    b1 = [0.0] * 20
    b1[3], b1[8] = -2.0, 2.0
    return torch.tensor(W1), torch.tensor(b1), torch.tensor(W2), torch.zeros(10)


@alternative(part="within-pixels")
def as_state():
    model = torch.nn.Sequential(torch.nn.Linear(784, 20), torch.nn.ReLU(), torch.nn.Linear(20, 10))
    state = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
    state["0.weight"][0, 0], state["0.weight"][1, 0] = 5, -5
    state["0.bias"][0], state["0.bias"][1] = -2.5, 2.5
    state["2.weight"][0, :2] = 1
    return tuple(state.values())


@mistake(
    "sizes-swapped",
    "Returns something other than four tensors of floats in the right sizes.",
    hint="The weights of a layer have a row for each of its outputs and a column for each of its inputs.",
    part="within-pixels",
    when=lambda got, ref, inputs: not in_form(got),
)
def sizes_swapped():
    W1, b1, W2, b2 = within_pixels()
    return W2, b2, W1, b1


@mistake(
    "no-bias",
    "Turns at 0 or outside the pixels' range.",
    hint="Your valley lies outside: between 0 and 1 one of the two hinges stays at 0. Move both with the biases.",
    part="within-pixels",
    when=lambda got, ref, inputs: is_valley(curve(got, -4.0, 4.0)) and not is_valley(curve(got, 0.0, 1.0)),
)
def no_bias():
    return non_monotone()


edit(
    "hill",
    "Has a hill instead of a valley.",
    hint="Yours rises and then falls, which a flat network can do too. Turn the signs of the second layer round.",
    part="within-pixels",
    replace=("4, -4, 1, 1", "4, -4, -1, -1"),
    when=lambda got, ref, inputs: is_valley(-curve(got, 0.0, 1.0)),
)
edit(
    "straight",
    "Has opposite signs in both layers.",
    hint="Opposite signs in both layers make a straight line. Draw the two hinges and add them.",
    part="within-pixels",
    replace=("4, -4, 1, 1", "4, -4, 1, -1"),
    when=lambda got, ref, inputs: all(map(mixed, both_slopes(got))),
)
edit(
    "shallow",
    "Has a valley that is too shallow, or none.",
    hint="The probability moves too little between 0 and 1. Which weights make the slopes larger?",
    part="within-pixels",
    replace=("4, -4, 1, 1, bias=(-2, 2)", "0.01, -0.01, 1, 1, bias=(-0.005, 0.005)"),
    when=lambda got, ref, inputs: True,
)
