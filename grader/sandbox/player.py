"""Plays the steps of cases and scripts to the objects of one namespace.

The same code runs in the worker over the learner's file and in the judge over the reference, so that both sides mean
the same by a step. It is loaded, and keeps its own references to what it needs, before any of the learner's code runs.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import torch.utils.data

from grader import tensors, wire
from grader.script import Fixture, GeneratorInput, Handle, PathInput, Step

NONCE = bytes(16)
MEMORY_MESSAGES = ("can't allocate memory", "alloc_cpu", "not enough memory", "Cannot allocate memory")


class Missing(Exception):
    """The learner's file does not define what the step needs."""


class Outcome(dict[str, Any]):
    """What a step yields: {"value", "seen"} or {"raised"}; plain data that a frame can hold."""


class Player:
    """Holds the objects that steps make, for the length of one case."""

    def __init__(self, namespace: dict[str, Any], fixtures: dict[str, Any], scratch: Path, name: str) -> None:
        self.namespace, self.fixtures, self.scratch, self.name = namespace, fixtures, scratch, name
        self.objects: dict[int, Any] = {}
        self.inputs: dict[int, list[Any]] = {}
        self.directories = 0

    def begin(self) -> None:
        """Forgets the objects of the case before."""
        self.objects.clear()
        self.inputs.clear()

    def play(self, step: Step) -> Outcome:
        """One step's outcome; an exception of the played code is an outcome too."""
        try:
            value, seen = getattr(self, f"_{step.op}")(step)
        except BaseException as error:  # whatever the played code raises, SystemExit included, is its answer
            return Outcome(raised=describe(error, self.name))
        return Outcome(value=value, seen=seen)

    # --- what steps refer to ---

    def _named(self, name: str) -> Any:
        if name not in self.namespace:
            raise Missing(f"{name} is not defined in your file")
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
        return args, {key: self._input(value) for key, value in step.kwargs.items()}

    def _keep(self, step: Step, value: Any, args: list[Any]) -> None:
        self.objects[step.number] = value
        self.inputs[step.number] = args

    # --- the steps ---

    def _invoke(self, step: Step, function: Callable[..., Any], names: tuple[str, ...]) -> tuple[Any, Any]:
        args, kwargs = self._arguments(step)
        watched = [*args, *kwargs.values()]
        before = [_print_of(value) for value in watched] if "unchanged_inputs" in names else []
        value = function(*args, **kwargs)
        self._keep(step, value, args)
        seen: dict[str, Any] = {}
        for name in names:
            if name == "unchanged_inputs":
                seen[name] = [_print_of(value) for value in watched] == before
            elif name == "shares_storage":
                seen[name] = _sharing(value, watched)
            elif name == "grad_fn":
                seen[name] = [output.grad_fn is not None for output in _flat(value)]
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

    def _observe(self, step: Step) -> tuple[Any, Any]:
        target = self._target(step.target)
        return None, {name: _observed(target, name) for name in step.names}

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
        return {"items": items, "ended": next(iterator, NONCE) is NONCE}, {}

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


# --- observations -------------------------------------------------------------------------------------------------


def _flat(value: Any) -> list[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [tensor for item in value for tensor in _flat(item)]
    if isinstance(value, dict):
        return [tensor for item in value.values() for tensor in _flat(item)]
    return []


def _print_of(value: Any) -> Any:
    """Something that changes when a value's content does."""
    if isinstance(value, torch.Tensor | list | tuple | dict | set):
        return wire.pack(value, NONCE, tensors.dump)
    return None


def _storage(tensor: torch.Tensor) -> int:
    return tensor.untyped_storage().data_ptr()


def _sharing(value: Any, inputs: list[Any]) -> list[list[int]]:
    """[output, input] for each pair of tensors that lie in the same storage."""
    outputs, sources = _flat(value), [_flat(item) for item in inputs]
    return [
        [i, j]
        for i, output in enumerate(outputs)
        for j, source in enumerate(sources)
        if any(_storage(output) == _storage(tensor) for tensor in source)
    ]


def _observed(target: Any, name: str) -> Any:
    """What is said of an object: figures only, since names are the learner's to choose."""
    if name == "training":
        return bool(target.training)
    if name == "parameters":
        return sorted(list(parameter.shape) for parameter in target.parameters())
    if name == "buffers":
        return sorted(list(buffer.shape) for buffer in target.buffers())
    if name == "tracked":
        held = [value for key, value in vars(target).items() if key != "_parameters"]
        held += list(target.buffers())
        return sum(1 for tensor in _flat(held) if tensor.requires_grad or tensor.grad_fn is not None)
    if name == "dataset":
        return isinstance(target, torch.utils.data.Dataset)
    raise ValueError(f"unknown observation {name}")


# --- exceptions ---------------------------------------------------------------------------------------------------


def describe(error: BaseException, name: str) -> dict[str, Any]:
    """An exception as plain data: type, bases, message, the line of the played file, its trace, and whether memory
    ran out. Nothing that the exception's own class can do breaks it."""
    kind = type(error)
    try:
        message = str(error)[:2000]
    except BaseException:
        message = "(the exception's own text could not be made)"
    if isinstance(error, SyntaxError):
        message = str(error.msg)[:2000]
    try:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    except BaseException:
        frames = []
    line = frames[-1].lineno if frames else None
    if isinstance(error, SyntaxError) and error.filename == name:
        line = error.lineno
    out_of_memory = isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(text in message for text in MEMORY_MESSAGES)
    )
    return {
        "type": kind.__name__[:80],
        "bases": [base.__name__[:80] for base in kind.__mro__[:20]],
        "message": message,
        "line": line if isinstance(line, int) else None,
        "trace": [f"line {frame.lineno}, in {frame.name}"[:200] for frame in frames[-10:]],
        "memory": out_of_memory,
    }
