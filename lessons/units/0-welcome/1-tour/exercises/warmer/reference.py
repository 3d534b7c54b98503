"""From degrees Celsius to degrees Fahrenheit."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, mistake


def fahrenheit(celsius):
    return celsius * 9 / 5 + 32


@cases
def temperatures(rng: Rng):
    yield case(celsius=rng.uniform(7, low=-10, high=40), label="seven days")
    yield case(celsius=rng.uniform(3, 5, low=-10, high=40), label="three towns on five days")
    yield case(celsius=rng.uniform(1, low=-10, high=40, dtype=torch.float64), label="one temperature, in float64")


@alternative
def with_a_decimal(celsius):
    return 32 + 1.8 * celsius


@alternative
def with_torch_functions(celsius):
    return torch.add(torch.mul(celsius, 1.8), 32.0)


@alternative
def with_a_scaled_addition(celsius):
    return torch.full_like(celsius, 32).add(celsius, alpha=1.8)


@alternative
def from_minus_forty(celsius):
    """Both scales agree at -40."""
    return (celsius + 40) * 1.8 - 40


@alternative
def between_two_known_points(celsius):
    """Water freezes at 32 and boils at 212 degrees Fahrenheit."""
    return torch.lerp(torch.full_like(celsius, 32), torch.full_like(celsius, 212), celsius / 100)


@alternative
def one_by_one(celsius):
    values = [degree * 9 / 5 + 32 for degree in celsius.flatten().tolist()]
    return torch.tensor(values, dtype=celsius.dtype).reshape(celsius.shape)


edit(
    "adds-first",
    "Adds 32 before multiplying.",
    hint="The 32 is multiplied too. In the formula it is added last: multiply first, without the parentheses.",
    replace=[("celsius * 9", "(celsius + 32) * 9"), (" + 32", "")],
)
edit(
    "offset-forgotten",
    "Leaves out the 32.",
    hint="Water freezes at 0 degrees Celsius and at 32 degrees Fahrenheit. What does your function make of 0?",
    replace=(" + 32", ""),
)
edit(
    "upside-down",
    "Multiplies by 5/9.",
    hint="A step of one degree Celsius is a step of 1.8 degrees Fahrenheit: your fraction is upside down.",
    replace=("9 / 5", "5 / 9"),
)


@mistake(
    "other-direction",
    "Converts from Fahrenheit to Celsius.",
    hint="That is the way back, from Fahrenheit to Celsius. Solve the formula for F, not for C.",
)
def other_direction(celsius):
    return (celsius - 32) * 5 / 9


edit(
    "whole-division",
    "Divides with //, which rounds down.",
    hint="`//` rounds down. Where do the digits after the point go? Divide with a single slash.",
    replace=("9 / 5", "9 // 5"),
)
