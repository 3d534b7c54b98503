"""Cases and scripts: what is done to the learner's code and, alike, to the reference, as plain steps.

Authors use it through `grader.spec`. Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.spec.inputs import Fixture, Handle
from grader.spec.labels import numbered


@dataclass(frozen=True)
class Gradient:
    """What the results of a case are the gradients of: see `gradient`."""

    definition: Callable[..., Any]
    wrt: dict[str, Any]
    cotangent: Any = None
    fixed: dict[str, Any] = field(default_factory=dict)


def gradient(
    definition: Callable[..., Any],
    wrt: Mapping[str, Any],
    *,
    cotangent: Any = None,
    fixed: Mapping[str, Any] | None = None,
) -> Gradient:
    """For `case(..., gradient=...)`: the results are, in the order of `wrt`, the gradients of `definition`.

    definition: (**wrt, **fixed) -> a float64 tensor, differentiable by autograd. It stays in the judge.
    wrt: float64 tensors by name.
    cotangent: float64, of the result's shape; the gradients are those of its inner product with the result. To be
        drawn at random: with a constant one, errors that cancel in a sum would pass. Left out for a scalar.
    """
    return Gradient(definition, dict(wrt), cotangent, dict(fixed or {}))


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
    spelled: str = ""
    """The call as the task writes it: `step(w, gradient)`."""
    argument_names: tuple[str, ...] = ()
    """What the reference calls what it is given by position; empty where it has no names for them."""


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
    gradient: Gradient | None = None
    slower: float | None = None
    """How many times the reference's time the call may take."""


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
    gradient: Gradient | None = None,
    slower: float | None = None,
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
    gradient: what the results are the gradients of; they are compared with centred differences too, see `gradient`.
    slower: how many times the reference's time a call may take, measured from outside. The sizes must be such that
        computing takes far longer than the millisecond that sending does; 10 or more leaves room for other styles.
    """
    inputs = {**{numbered(i): value for i, value in enumerate(args)}, **named}
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
    inputs |= kwargs or {}
    return Case([step], inputs, label, weight, rtol, atol, canonical, truth=truth, gradient=gradient, slower=slower)


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
        target: str | Handle | Fixture,
        *args: Any,
        label: str = "",
        wrt: Iterable[int] = (),
        observe: Iterable[str] = (),
        compare: bool = True,
        raises: type[BaseException] | None = None,
        **kwargs: Any,
    ) -> Handle:
        """Calls an object, or a function of the learner's file by name; yields the result.

        observe: as for `case`; and "work", which operations ran on which shapes, or "held_up", the same with divisions
        by nearly 0 held up, both for checks to look at in `inputs["observed"]`: see docs/checks.md.
        """
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

    def gradcheck(
        self,
        target: str | Handle | Fixture,
        *args: Any,
        cotangent: Any,
        fractions: Sequence[float],
        wrt: Iterable[int] = (),
        parameters: bool = False,
        label: str = "gradient",
    ) -> Handle:
        """Whether the backward pass of the learner's own code agrees with centred differences of its forward pass.

        target: a module or function that gives one float64 tensor, of the shape of `cotangent`.
        cotangent: drawn at random, float64.
        fractions: numbers from [0, 1), a coordinate of each tensor for each; e.g. rng.uniform(6).tolist().
        wrt, parameters: positions of tensor arguments, and whether a module's parameters are looked at too.
        """
        return self._add(
            "gradient",
            target,
            args=(cotangent, list(fractions), *args),
            wrt=tuple(wrt),
            names=("parameters",) if parameters else (),
            label=label,
            compare=False,
        )

    def observe(self, target: Handle, *names: str, label: str = "", compare: bool = True) -> Handle:
        """Observations of an object: "parameters", "buffers", "loose", "tracked", "training", "dataset".

        "loose" counts the tensors and modules that a module holds as plain attributes, or in plain lists and dicts,
        so that they are neither trained nor saved.
        """
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
