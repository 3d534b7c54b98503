"""The records of an exercise's parts, as authors write them in `exercise.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(pattern=r"^[a-z][a-z]*(-[a-z]+)*$", description="kebab-case, letters only")]
Covers = Annotated[
    str, Meta(pattern=r"^[EDN]\d+[a-z]?(\.\d+)*[a-z]?$", description="an identifier of the specification")
]
Text = Annotated[str, Meta(min_length=1)]

Kind = Literal["code", "derivation", "numeric", "formula", "choice", "multi", "explain", "experiment", "plot", "kernel"]
RUN_KINDS: frozenset[str] = frozenset({"code", "derivation", "experiment", "plot", "kernel"})
"""Kinds whose answer is the learner's file; the others are answered with a value."""


class FileRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record that an author writes; an unknown key is an error."""


class Hint(FileRecord, frozen=True, kw_only=True):
    """A rung of the hint ladder. With `when` - a status, or the name of a finding or mistake - it is one only where the
    last verdict says that."""

    text: Text
    when: str | None = None
    solution: bool = False


class Option(FileRecord, frozen=True, kw_only=True):
    """One option of a choice or multi part. A distractor says in `why` what is wrong with it."""

    id: Id
    text: Text
    right: bool = False
    why: str | None = None


Letter = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", description="a name, as in Python")]


class Slip(FileRecord, frozen=True, kw_only=True):
    """A wrong formula that learners write, and what is said to it."""

    formula: Text
    why: Text


class Budget(FileRecord, frozen=True, kw_only=True):
    """Seconds of CPU for the learner's run of one part; `lint` is the smaller budget of the linter's runs."""

    seconds: Annotated[float, Meta(gt=0, le=600)] = 2.0
    lint: Annotated[float, Meta(gt=0, le=600)] | None = None


class Prediction(FileRecord, frozen=True, kw_only=True):
    """What the learner is to expect before their code runs for the first time. It is kept, and never judged."""

    ask: Text
    after: Text
    """What came, and why; said when the part is passed, below what the learner expected."""


class Part(FileRecord, frozen=True, kw_only=True):
    """One sub-item of an exercise; each is judged by itself."""

    id: Id
    kind: Kind
    covers: list[Covers]
    points: Annotated[int, Meta(ge=1, le=100)] = 1
    title: str | None = None
    hints: list[Hint] = []
    # kinds that run the learner's file
    entry: str | None = None
    """What the learner's file must define."""
    outputs: list[str] = []
    """Names for the members of a returned tuple, in order."""
    budget: Budget = Budget()
    needs: list[Literal["gpu", "files", "procs", "landlock", "seccomp", "namespaces"]] = []
    operation: Literal["elementwise", "reduction", "matmul", "training"] = "elementwise"
    """Which default tolerance the values get, see grader.judge.compare."""
    precision: Literal["given", "float64"] = "given"
    """`float64`: what the reference gives is computed from widened inputs and then rounded."""
    forbid: list[Text] = []
    """What the answer does without: `torch.sum`, a method `.sum`, `for`, `while` or `comprehension`."""
    predict: Prediction | None = None
    # kinds that are answered with a value
    text: str | None = None
    """The question. For a numeric part, `{name}` is filled from the drawn values."""
    options: list[Option] = []
    question: str | None = None
    """Function of questions.py that draws a numeric question; default: the part's id with underscores."""
    letters: dict[Letter, Literal["positive", "real", "whole"]] = {}
    """What a formula is written in, and which numbers stand for it: `whole` ones are positive."""
    formula: str | None = None
    """The right one, as a learner would write it."""
    slips: list[Slip] = []
    # explain
    rubric: list[str] = []
    model_answer: str | None = None
