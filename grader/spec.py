"""What a lesson's `reference.py` and `questions.py` are written with.

A reference names the right answer like the learner's `entry`, draws its inputs in `@cases` functions and may add
checks, other right answers and the wrong answers that learners give:

    from grader.spec import Rng, case, cases, mistake

    def double(x):
        return 2 * x

    @cases
    def vectors(rng: Rng):
        yield case(x=rng.normal(7), label="seven numbers")

    @mistake("squares", "Squares instead of doubling.", hint="What is the double of 3?")
    def squares(x):
        return x * x

Nothing here is imported by a lesson's text, a demo or the learner's code. The module imports torch only when a
tensor is drawn, so that questions are judged by a plain Python.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import torch

F = TypeVar("F", bound=Callable[..., Any])

MARK = "__dl_tutor_spec__"
"""The attribute by which `grader.reference` finds what the decorators marked."""


class Rng:
    """Random inputs from one seed. Shapes are given as separate sizes; without sizes a Python number is drawn."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._python = random.Random(seed)
        self._torch: torch.Generator | None = None

    @property
    def _generator(self) -> torch.Generator:
        if self._torch is None:
            import torch

            self._torch = torch.Generator().manual_seed(self.seed % (1 << 63))
        return self._torch

    def normal(self, *sizes: int, mean: float = 0.0, std: float = 1.0, dtype: Any = None) -> Any:
        """Normal samples, float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.gauss(mean, std)
        import torch

        drawn = torch.randn(sizes, generator=self._generator, dtype=torch.float64) * std + mean
        return drawn.to(dtype or torch.float32)

    def uniform(self, *sizes: int, low: float = 0.0, high: float = 1.0, dtype: Any = None) -> Any:
        """Samples uniform on [low, high), float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.uniform(low, high)
        import torch

        drawn = torch.rand(sizes, generator=self._generator, dtype=torch.float64) * (high - low) + low
        return drawn.to(dtype or torch.float32)

    def integers(self, low: int, high: int, *sizes: int, dtype: Any = None) -> Any:
        """Integers from `low` to `high`, `high` excluded; int64 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.randrange(low, high)
        import torch

        return torch.randint(low, high, sizes, generator=self._generator, dtype=dtype or torch.int64)

    def choice(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return self._python.choice(options)

    def permutation(self, size: int) -> torch.Tensor:
        """The numbers 0 to size - 1 in random order, int64."""
        import torch

        return torch.randperm(size, generator=self._generator)

    def generator(self) -> GeneratorInput:
        """An input that reaches the learner and the reference as equally seeded torch.Generators."""
        return GeneratorInput(self._python.randrange(1 << 31))


def stream(seed: int, *names: str) -> int:
    """An independent seed for each use of a nonce: the exercise, the part, the function that draws."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return int.from_bytes(digest[:8], "little") >> 1


# --- inputs that are made on both sides ---------------------------------------------------------------------------


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


# --- cases and scripts --------------------------------------------------------------------------------------------


@dataclass
class Step:
    """One thing that is done to the learner's code and, alike, to the reference."""

    op: str
    target: str | Handle | Fixture | None = None
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    """Attribute, observation or method names."""
    wrt: tuple[int, ...] = ()
    """Positions of inputs that are to require a gradient."""
    label: str = ""
    compare: bool = True
    """Whether the outcome is compared with the reference's; else only checks look at it."""
    raises: type[BaseException] | None = None
    """An exception class that must come."""
    number: int = 0


@dataclass
class Case:
    """Steps that start from fresh inputs, and how their outcomes are judged."""

    steps: list[Step]
    inputs: dict[str, Any]
    label: str
    weight: float = 1.0
    rtol: float | None = None
    atol: float | None = None
    canonical: Callable[[Any], Any] | None = None
    scripted: bool = False
    truth: Any = None


def case(
    *args: Any,
    label: str = "",
    weight: float = 1.0,
    rtol: float | None = None,
    atol: float | None = None,
    raises: type[BaseException] | None = None,
    canonical: Callable[[Any], Any] | None = None,
    observe: Iterable[str] = (),
    wrt: Iterable[int] = (),
    compare: bool = True,
    kwargs: Mapping[str, Any] | None = None,
    truth: Any = None,
    **named: Any,
) -> Case:
    """One call of `entry`. Inputs are passed in the order written; their names label them in the verdict.

    rtol, atol: tolerance, relative to the element and to the largest element of the reference; default by
        operation and dtype.
    raises: an exception class that must come.
    canonical: applied to both results before they are compared, e.g. to sort what has no order.
    observe: observations that must agree with the reference's: "unchanged_inputs", "shares_storage", "grad_fn".
    wrt: positions of inputs that require a gradient when the call is made.
    compare: False where only checks judge the result, because more than one is right.
    kwargs: inputs that are passed by keyword.
    truth: something only the checks see, as `inputs["truth"]`.
    """
    inputs = {**{f"argument {i + 1}": value for i, value in enumerate(args)}, **named}
    step = Step(
        "call",
        None,
        tuple(inputs.values()),
        dict(kwargs or {}),
        names=tuple(observe),
        wrt=tuple(wrt),
        label="result",
        compare=compare,
        raises=raises,
    )
    return Case([step], {**inputs, **(kwargs or {})}, label, weight, rtol, atol, canonical, truth=truth)


class Script(Case):
    """Steps that are played one by one to the learner's code and to the reference; see `script`."""

    def _add(self, op: str, target: str | Handle | Fixture | None, **fields: Any) -> Handle:
        step = Step(op, target, number=len(self.steps), **fields)
        step.label = step.label or f"{op} {len(self.steps) + 1}"
        self.steps.append(step)
        return Handle(step.number)

    def new(self, name: str, *args: Any, label: str = "", **kwargs: Any) -> Handle:
        """An object of the class (or from the function) `name` of the learner's file."""
        return self._add("new", name, args=args, kwargs=kwargs, label=label or f"{name}(...)", compare=False)

    def call(
        self,
        target: str | Handle,
        *args: Any,
        label: str = "",
        wrt: Iterable[int] = (),
        observe: Iterable[str] = (),
        compare: bool = True,
        raises: type[BaseException] | None = None,
        **kwargs: Any,
    ) -> Handle:
        """Calls an object, or a function of the learner's file by name; yields the result."""
        return self._add(
            "call",
            target,
            args=args,
            kwargs=kwargs,
            label=label,
            wrt=tuple(wrt),
            names=tuple(observe),
            compare=compare,
            raises=raises,
        )

    def method(
        self,
        target: Handle,
        name: str,
        *args: Any,
        label: str = "",
        compare: bool = True,
        raises: type[BaseException] | None = None,
        **kwargs: Any,
    ) -> Handle:
        """Calls a method; yields the result."""
        return self._add(
            "method",
            target,
            args=args,
            kwargs=kwargs,
            names=(name,),
            label=label or f".{name}(...)",
            compare=compare,
            raises=raises,
        )

    def train(self, target: Handle) -> Handle:
        """Puts a module into training mode."""
        return self._add("train", target, label="train()", compare=False)

    def eval(self, target: Handle) -> Handle:
        """Puts a module into prediction mode."""
        return self._add("eval", target, label="eval()", compare=False)

    def backward(self, cotangent: Any = None, *, of: Handle | None = None) -> Handle:
        """Back-propagates `cotangent` through the result `of` (by default the last call's)."""
        if of is None:
            of = next((Handle(s.number) for s in reversed(self.steps) if s.op in ("call", "method")), None)
            if of is None:
                raise ValueError("backward() needs a call before it")
        return self._add("backward", of, args=(cotangent,), label="backward()", compare=False)

    def grads(self, target: Handle, *, label: str = "", compare: bool = True) -> Handle:
        """The gradients of a module's parameters by name, or of the `wrt` inputs of a call by position."""
        return self._add("grads", target, label=label or "gradients", compare=compare)

    def observe(self, target: Handle, *names: str, label: str = "", compare: bool = True) -> Handle:
        """Observations of an object: "parameters", "buffers", "tracked", "training"."""
        return self._add("observe", target, names=names, label=label or ", ".join(names), compare=compare)

    def attribute(self, target: Handle, name: str, *, compare: bool = True) -> Handle:
        """An attribute's value."""
        return self._add("attribute", target, names=(name,), label=f".{name}", compare=compare)

    def set(self, target: Handle, values: Mapping[str, Any] | Sequence[Any]) -> Handle:
        """Copies values into a module's parameters, by name or in the order of `parameters()`."""
        return self._add("set", target, args=(values,), label="set parameters", compare=False)

    def state_dict(self, target: Handle, *, compare: bool = True) -> Handle:
        """A module's state dict."""
        return self._add("state_dict", target, label="state_dict()", compare=compare)

    def length(self, target: Handle, *, label: str = "", compare: bool = True) -> Handle:
        """len() of an object."""
        return self._add("length", target, label=label or "len()", compare=compare)

    def item(
        self,
        target: Handle,
        index: Any,
        *,
        label: str = "",
        compare: bool = True,
        raises: type[BaseException] | None = None,
    ) -> Handle:
        """The object at an index."""
        name = label or f"[{index!r}]"
        return self._add("item", target, args=(index,), label=name, compare=compare, raises=raises)

    def iterate(self, target: Handle, count: int, *, label: str = "", compare: bool = True) -> Handle:
        """At most `count` items of a fresh iteration; yields {"items": [...], "ended": bool}."""
        return self._add("iterate", target, args=(count,), label=label or "iteration", compare=compare)

    def loader(self, target: Handle, **options: Any) -> Handle:
        """A torch.utils.data.DataLoader (in the same process) over a learner's data set."""
        return self._add("loader", target, kwargs=options, label="DataLoader(...)", compare=False)

    def files(self, maker: Fixture, *args: Any) -> Handle:
        """A private directory that `maker(directory, *args)` of fixtures.py fills; `handle / name` is a path."""
        return self._add("files", maker, args=args, label="files", compare=False)

    def spy(self, maker: Fixture, *args: Any) -> Handle:
        """An object that `maker(*args)` of fixtures.py makes, to be handed in and looked at afterwards."""
        return self._add("spy", maker, args=args, label="spy", compare=False)

    def ask(self, target: str | Handle, *args: Any, label: str = "held-out", **kwargs: Any) -> Handle:
        """Predictions for held-out inputs, which reach the learner's process only now. Judged by checks."""
        return self._add("call", target, args=args, kwargs=kwargs, label=label, compare=False)


def script(
    label: str,
    *,
    weight: float = 1.0,
    rtol: float | None = None,
    atol: float | None = None,
    canonical: Callable[[Any], Any] | None = None,
    truth: Any = None,
    **inputs: Any,
) -> Script:
    """A script to be filled with steps. `truth` and further keyword inputs are for the checks only."""
    return Script([], dict(inputs), label, weight, rtol, atol, canonical, scripted=True, truth=truth)


# --- what a check finds, what a question asks ---------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """What a check has against a result, in one sentence."""

    message: str
    name: str = ""
    where: str | None = None
    expected: str | None = None
    got: str | None = None
    hint: str | None = None


Answer = bool | int | float | str | None | tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """A question with fresh numbers.

    values: fill the `{name}`s of the part's text.
    answer: a number, a shape (tuple of int), a word, None for "impossible" - or a dict of them, a table by row.
    tolerance: absolute, for numbers.
    slips: wrong value -> feedback; in a table (row, wrong value) -> feedback.
    """

    values: dict[str, Any]
    answer: Answer | dict[str, Answer]
    tolerance: float = 0.0
    slips: dict[Any, str] = field(default_factory=dict)


# --- the marks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CasesMark:
    part: str | None


@dataclass(frozen=True)
class CheckMark:
    label: str
    part: str | None
    only: str | None
    weight: float
    observation: bool


@dataclass(frozen=True)
class AlternativeMark:
    part: str | None
    accept: bool


@dataclass(frozen=True)
class MistakeMark:
    name: str
    message: str
    hint: str
    part: str | None
    when: Callable[[Any, Any, Any], bool] | None


Mark = CasesMark | CheckMark | AlternativeMark | MistakeMark


def _marked(function: F, mark: Mark) -> F:
    setattr(function, MARK, mark)
    return function


def cases(part: str | Callable[..., Iterator[Case]] | None = None) -> Any:
    """Marks a function (rng) that yields cases and scripts; `part` may be left out where only one runs code."""
    if callable(part):
        return _marked(part, CasesMark(None))
    return lambda function: _marked(function, CasesMark(part))


def check(
    label: str,
    *,
    part: str | None = None,
    only: str | None = None,
    weight: float = 1.0,
    observation: bool = False,
) -> Callable[[F], F]:
    """Marks a function (got, reference, inputs) -> None, a Finding or a sentence; it runs in the judge only.

    For a case `got` and `reference` are results; for a script they are dicts from step label to result.
    only: the label of the cases it looks at; default all of the part.
    observation: the check rests on what the learner's process says of itself and could forge.
    """
    return lambda function: _marked(function, CheckMark(label, part, only, weight, observation))


def alternative(function: F | None = None, *, part: str | None = None, accept: bool = False) -> Any:
    """Marks another right answer. With `accept` its numbers differ and count when they explain all cases."""
    if function is not None:
        return _marked(function, AlternativeMark(part, accept))
    return lambda other: _marked(other, AlternativeMark(part, accept))


def mistake(
    name: str,
    message: str,
    *,
    hint: str,
    part: str | None = None,
    when: Callable[[Any, Any, Any], bool] | None = None,
) -> Callable[[F], F]:
    """Marks a wrong answer that learners do give: what it does, and the hint that fits.

    It is recognised by its whole outcome, exceptions included, or by `when(got, reference, inputs)`, which is
    asked for the first case that failed.
    """
    return lambda function: _marked(function, MistakeMark(name, message, hint, part, when))
