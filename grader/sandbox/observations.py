"""What is said of objects in the process that holds them: figures only, since names are the learner's to choose.

An observation could be forged by code that takes the trouble, so that it earns nothing by itself.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.utils.data

from grader.protocol import tensors, wire


def tensors_in(value: Any) -> list[torch.Tensor]:
    """The tensors of a value and of the lists, tuples and dicts in it."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [tensor for item in value for tensor in tensors_in(item)]
    if isinstance(value, dict):
        return [tensor for item in value.values() for tensor in tensors_in(item)]
    return []


def content(value: Any) -> Any:
    """Something that changes when a value's content does."""
    if isinstance(value, torch.Tensor | list | tuple | dict | set):
        return wire.pack(value, wire.UNSENT, tensors.dump)
    return None


def kept(before: list[Any], values: list[Any]) -> bool:
    """Whether values still have the contents that they had."""
    try:
        return [content(value) for value in values] == before
    except Exception:  # something was put in that cannot even be sent
        return False


def _overlap(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors' storages have memory in common; a storage that NumPy lends begins where its array does."""
    mine, theirs = one.untyped_storage(), other.untyped_storage()
    start, begin = mine.data_ptr(), theirs.data_ptr()
    return start < begin + theirs.nbytes() and begin < start + mine.nbytes()


def sharing(value: Any, inputs: list[Any]) -> list[list[int]]:
    """[output, input] for each pair of tensors whose storages overlap."""
    outputs, sources = tensors_in(value), [tensors_in(item) for item in inputs]
    return [
        [i, j]
        for i, output in enumerate(outputs)
        for j, source in enumerate(sources)
        if any(_overlap(output, tensor) for tensor in source)
    ]


def _loose(module: torch.nn.Module) -> list[int]:
    """[tensors, modules] that a module and its submodules hold without having registered them."""
    held = [
        value
        for one in module.modules()
        for key, value in vars(one).items()
        if key not in ("_parameters", "_buffers", "_modules") and not key.endswith("_hooks")
    ]
    known = {id(one) for one in module.modules()} | {id(one) for one in (*module.parameters(), *module.buffers())}
    loose = [tensor for tensor in tensors_in(held) if tensor.is_floating_point() and id(tensor) not in known]
    return [len(loose), sum(id(one) not in known for one in _modules(held))]


def _modules(value: Any) -> list[torch.nn.Module]:
    if isinstance(value, torch.nn.Module):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [module for item in items for module in _modules(item)]


def observed(target: Any, name: str) -> Any:
    """What is said of an object under one of the names that `Script.observe` lists."""
    if name == "training":
        return bool(target.training)
    if name == "parameters":
        return sorted(list(parameter.shape) for parameter in target.parameters())
    if name == "buffers":
        return sorted(list(buffer.shape) for buffer in target.buffers())
    if name == "loose":
        return _loose(target)
    if name == "tracked":
        held = [value for key, value in vars(target).items() if key != "_parameters"]
        held += list(target.buffers())
        return sum(1 for tensor in tensors_in(held) if tensor.requires_grad or tensor.grad_fn is not None)
    if name == "dataset":
        return isinstance(target, torch.utils.data.Dataset)
    raise ValueError(f"unknown observation {name}")
