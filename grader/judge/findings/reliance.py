"""Findings about what of its inputs a wrong answer rests on."""

from __future__ import annotations

from grader.judge.findings.behaviour import Behaviour

PART = Behaviour(
    "part-of-data",
    "The right result for a part of the data only: its first or last entry, all but one, the last mini-batch.",
    "Does your loop go through all of the data, and does the result take in every step of it?",
)
IGNORED = Behaviour(
    "argument-ignored",
    "The right result for another value of an argument, always the same one: the argument is not used.",
    "Is the argument used in your function, or is there a number instead of it?",
)
SIZE = Behaviour(
    "one-size",
    "Right for inputs of one size, and for no others.",
    "Which size is written as a number in your code? It can be read off the input: `x.shape`, `len(x)`.",
)
NEAR_MISS = Behaviour(
    "near-miss",
    "A right answer with one small change gives exactly these results: a sign, a factor, a call that is left out.",
    "All your results are what a right answer with this one change gives. Go through yours term by term.",
)
ALL = (PART, IGNORED, NEAR_MISS, SIZE)
