"""Inputs of cases that are made on both sides, the learner's and the reference's. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GeneratorInput:
    """A torch.Generator, seeded alike for the learner and the reference."""

    seed: int


@dataclass(frozen=True)
class Fixture:
    """Something of the exercise's public `fixtures.py`, looked up on both sides."""

    name: str


@dataclass(frozen=True)
class Handle:
    """The result of an earlier step, which stays where it was made."""

    number: int

    def __truediv__(self, name: str) -> PathInput:
        """The path of a file below a directory that `Script.files` made."""
        return PathInput(self, name)


@dataclass(frozen=True)
class PathInput:
    """The path of a file in a private scratch directory, as str."""

    directory: Handle
    name: str


def fixture(name: str) -> Fixture:
    """A callable, module or file maker of `fixtures.py`, e.g. a function to differentiate."""
    return Fixture(name)
