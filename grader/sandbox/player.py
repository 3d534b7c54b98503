"""Plays the steps of cases and scripts to the objects of one namespace.

The same code runs in the worker over the learner's file and in the judge over the reference, so that both sides mean
the same by a step. It is loaded, and keeps its own references to what it needs, before any of the learner's code runs.
"""

from __future__ import annotations

import contextlib
import linecache
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.utils.data

from grader.protocol import tensors, wire
from grader.sandbox import heavy, interpreted, missing
from grader.sandbox.mode import without_compiler
from grader.sandbox.observations import content, kept, observed, sharing, tensors_in
from grader.sandbox.raised import describe
from grader.sandbox.signature import Called
from grader.sandbox.work import Work
from grader.spec.inputs import Fixture, GeneratorInput, Handle, PathInput
from grader.spec.script import Step

ARGUMENTS = "arguments"
"""Observed of every call: whether its plain arguments are what they were."""


class Missing(Exception):
    """The learner's file does not define what the step needs."""


class Reply(dict[str, Any]):
    """What a step yields: {"value", "seen"} or {"raised"}; plain data that a frame can hold."""


class Player:
    """Holds the objects that steps make, for the length of one case."""

    def __init__(self, namespace: dict[str, Any], fixtures: dict[str, Any], scratch: Path, name: str) -> None:
        self.namespace, self.fixtures, self.scratch, self.name = namespace, fixtures, scratch, name
        self.objects: dict[int, Any] = {}
        self.inputs: dict[int, list[Any]] = {}
        self.directories = 0
        self.called: Called | None = None
        """What the step calls of the played code."""
        self.kernels = heavy.names("".join(linecache.getlines(name)), interpreted.NAME) and interpreted.prepare()
        """Whether the played code launches kernels, perhaps, and they are watched."""

    def begin(self) -> None:
        """Forgets the objects of the case before."""
        self.objects.clear()
        self.inputs.clear()

    def play(self, step: Step) -> Reply:
        """One step's outcome; an exception of the played code is an outcome too."""
        self.called = None
        try:
            value, seen = getattr(self, f"_{step.op}")(step)
        except BaseException as error:  # whatever the played code raises, SystemExit included, is its answer
            return Reply(raised=describe(error, self.name, self.called))
        return Reply(value=value, seen=seen)

    # --- what steps refer to ---

    def _named(self, name: str) -> Any:
        if name not in self.namespace:
            raise Missing(missing.sentence(name, "".join(linecache.getlines(self.name)), self.namespace))
        return self.namespace[name]

    def _fixture(self, reference: Fixture) -> Any:
        return self.fixtures[reference.name]

    def _target(self, target: str | Handle | Fixture | None) -> Any:
        if isinstance(target, str):
            return self._named(target)
        if isinstance(target, Fixture):
            return self._fixture(target)
        assert target is not None
        return self.objects[target.number]

    def _input(self, value: Any) -> Any:
        """An argument with its references filled in; tensors are copies of the sender's already."""
        kind = type(value)
        if kind is Handle:
            return self.objects[value.number]
        if kind is Fixture:
            return self._fixture(value)
        if kind is PathInput:
            return str(Path(self.objects[value.directory.number]) / value.name)
        if kind is GeneratorInput:
            return torch.Generator().manual_seed(value.seed)
        if kind is wire.DType:
            return tensors.DTYPES[value.name]
        if kind in (list, tuple):
            return kind(self._input(item) for item in value)
        if kind is dict:
            return {key: self._input(item) for key, item in value.items()}
        return value

    def _arguments(self, step: Step) -> tuple[list[Any], dict[str, Any]]:
        args = [self._input(value) for value in step.args]
        for position in step.wrt:
            args[position] = args[position].detach().clone().requires_grad_()
        kwargs = {key: self._input(value) for key, value in step.kwargs.items()}
        if self.kernels:
            args = list(map(_watched, step.args, args))
            kwargs = {key: _watched(step.kwargs[key], one) for key, one in kwargs.items()}
        return args, kwargs

    def _keep(self, step: Step, value: Any, args: list[Any]) -> None:
        self.objects[step.number] = value
        self.inputs[step.number] = args

    # --- the steps ---

    def _invoke(self, step: Step, function: Callable[..., Any], names: tuple[str, ...]) -> tuple[Any, Any]:
        args, kwargs = self._arguments(step)
        watched = [*args, *kwargs.values()]
        given = zip((*step.args, *step.kwargs.values()), watched, strict=True)
        own = [value for sent, value in given if not _shared(sent)]
        before = [content(value) for value in own]
        self.called = (function, args, kwargs)
        work = without_compiler(Work)(held="held_up" in names) if {"work", "held_up"} & set(names) else None
        if self.kernels:
            interpreted.begin()
        with work or contextlib.nullcontext():
            value = function(*args, **kwargs)
        self._keep(step, value, args)
        seen: dict[str, Any] = {}
        if self.kernels and (written := interpreted.written(value)) is not None:
            seen[interpreted.WRITTEN] = written
        if "unchanged_inputs" not in names:
            seen[ARGUMENTS] = kept(before, own)
        for name in names:
            if name == "unchanged_inputs":
                seen[name] = kept(before, own)
            elif name in ("work", "held_up"):
                seen[name] = work.told() if work else []
            elif name == "shares_storage":
                seen[name] = sharing(value, watched)
            elif name == "grad_fn":
                seen[name] = [output.grad_fn is not None for output in tensors_in(value)]
            else:
                raise ValueError(f"unknown observation {name}")
        return value, seen

    def _call(self, step: Step) -> tuple[Any, Any]:
        return self._invoke(step, self._target(step.target), step.names)

    def _method(self, step: Step) -> tuple[Any, Any]:
        return self._invoke(step, getattr(self._target(step.target), step.names[0]), ())

    def _new(self, step: Step) -> tuple[Any, Any]:
        self._invoke(step, self._target(step.target), ())
        return None, {}

    def _train(self, step: Step) -> tuple[Any, Any]:
        self._target(step.target).train()
        return None, {}

    def _eval(self, step: Step) -> tuple[Any, Any]:
        self._target(step.target).eval()
        return None, {}

    def _backward(self, step: Step) -> tuple[Any, Any]:
        self._target(step.target).backward(self._input(step.args[0]))
        return None, {}

    def _grads(self, step: Step) -> tuple[Any, Any]:
        target = self._target(step.target)
        if isinstance(target, torch.nn.Module):
            return {name: parameter.grad for name, parameter in target.named_parameters()}, {}
        assert isinstance(step.target, Handle)
        inputs = self.inputs[step.target.number]
        leaves = [value for value in inputs if isinstance(value, torch.Tensor) and value.requires_grad]
        return [leaf.grad for leaf in leaves], {}

    def _gradient(self, step: Step) -> tuple[Any, Any]:
        """A backward pass, and the results near by: the judge holds the one against the other.

        Gives {"result", "tensors": [[name, gradient, [[flat index, step, result below, result above], ...]], ...]}.
        """
        target, (cotangent, fractions, *args) = self._target(step.target), map(self._input, step.args)
        for position in step.wrt:
            args[position] = args[position].detach().clone().requires_grad_()

        def result() -> torch.Tensor:
            torch.manual_seed(step.number)  # dropout and noise stay as they are
            self.called = (target, args, {})
            value: torch.Tensor = target(*args)
            return value

        tensors = [(f"argument {position + 1}", args[position]) for position in step.wrt]
        if "parameters" in step.names:
            tensors += target.named_parameters()
        for _, tensor in tensors:
            tensor.grad = None
        here = result()
        torch.autograd.backward(here, cotangent)
        rows = [[name, tensor.grad, _nearby(tensor, fractions, result)] for name, tensor in tensors]
        return {"result": here, "tensors": rows}, {}

    def _observe(self, step: Step) -> tuple[Any, Any]:
        target = self._target(step.target)
        return None, {name: observed(target, name) for name in step.names}

    def _attribute(self, step: Step) -> tuple[Any, Any]:
        value = getattr(self._target(step.target), step.names[0])
        self._keep(step, value, [])
        return value, {}

    def _set(self, step: Step) -> tuple[Any, Any]:
        target, values = self._target(step.target), self._input(step.args[0])
        named = dict(target.named_parameters())
        pairs = (
            [(named[name], value) for name, value in values.items()]
            if isinstance(values, dict)
            else list(zip(named.values(), values, strict=True))
        )
        with torch.no_grad():
            for parameter, value in pairs:
                parameter.copy_(value)
        return None, {}

    def _state_dict(self, step: Step) -> tuple[Any, Any]:
        return dict(self._target(step.target).state_dict()), {}

    def _length(self, step: Step) -> tuple[Any, Any]:
        return len(self._target(step.target)), {}

    def _item(self, step: Step) -> tuple[Any, Any]:
        value = self._target(step.target)[self._input(step.args[0])]
        self._keep(step, value, [])
        return value, {}

    def _iterate(self, step: Step) -> tuple[Any, Any]:
        items: list[Any] = []
        iterator = iter(self._target(step.target))
        for _ in range(step.args[0]):
            try:
                items.append(next(iterator))
            except StopIteration:
                return {"items": items, "ended": True}, {}
        return {"items": items, "ended": next(iterator, self) is self}, {}

    def _loader(self, step: Step) -> tuple[Any, Any]:
        options = {key: self._input(value) for key, value in step.kwargs.items()}
        self._keep(step, torch.utils.data.DataLoader(self._target(step.target), **options), [])
        return None, {}

    def _files(self, step: Step) -> tuple[Any, Any]:
        assert isinstance(step.target, Fixture)
        self.directories += 1
        directory = self.scratch / f"files-{self.directories}"
        directory.mkdir()
        self._fixture(step.target)(directory, *[self._input(value) for value in step.args])
        self._keep(step, str(directory), [])
        return None, {}

    def _spy(self, step: Step) -> tuple[Any, Any]:
        assert isinstance(step.target, Fixture)
        self._keep(step, self._fixture(step.target)(*[self._input(value) for value in step.args]), [])
        return None, {}


def _watched(sent: Any, value: Any) -> Any:
    """An argument as a kernel gets it: its reads beside a tensor are seen, where no other step knows it."""
    return value if _shared(sent) else interpreted.surrounded(value)


def _shared(value: Any) -> bool:
    """Whether a step's argument is, or holds, what other steps know too: whoever changes that may mean to."""
    if isinstance(value, list | tuple):
        return any(map(_shared, value))
    if isinstance(value, dict):
        return any(map(_shared, value.values()))
    return isinstance(value, Handle | Fixture | GeneratorInput | PathInput)


# --- gradients ----------------------------------------------------------------------------------------------------

DIFFERENCE = 1e-5
"""The step of a centred difference in float64, relative to the coordinate where that is larger than 1."""


def places(count: int, fractions: Sequence[float]) -> list[int]:
    """A coordinate of `count` at each fraction, none twice."""
    return list(dict.fromkeys(int(fraction * count) for fraction in fractions))


def _nearby(tensor: torch.Tensor, fractions: list[float], result: Callable[[], torch.Tensor]) -> list[list[Any]]:
    """Results with one coordinate moved down and up, for a coordinate at each fraction of the tensor."""
    found = []
    with torch.no_grad():
        flat = tensor.detach().reshape(-1)
        if flat.data_ptr() != tensor.data_ptr():
            raise ValueError("gradients are checked of contiguous tensors only")
        for index in places(len(flat), fractions):
            value = float(flat[index])
            step = DIFFERENCE * max(1.0, abs(value))
            flat[index] = value - step
            below = result().clone()
            flat[index] = value + step
            above = result().clone()
            flat[index] = value
            found.append([index, step, below, above])
    return found
