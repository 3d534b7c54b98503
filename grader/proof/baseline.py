"""Answers without thought, made from the right one: what it returns is spoiled, or it is asked only once.

None of them may pass an exercise.
"""

from __future__ import annotations

import ast

from lessons.lint.rules.stated import numbers
from lessons.schema import Part

SPOILING = {
    "zeros": "torch.zeros_like(t)",
    "ones": "torch.ones_like(t)",
    "mean": "t.double().mean().expand_as(t).to(t.dtype) if not t.is_complex() else t.mean().expand_as(t)",
    "constant": "t.flatten()[:1].expand(t.numel()).reshape(t.shape).clone() if t.numel() else t",
    "shuffled": "t.flatten()[torch.randperm(t.numel())].reshape(t.shape)",
    "transposed": "t.transpose(-1, -2) if t.dim() > 1 else t.flip(0)",
    "nan": "torch.full_like(t, float('nan')) if t.is_floating_point() else t",
    "broadcast": "t.flatten()[:1].sum()",
    "numbers": "t",
}
"""Name -> what stands in the place of the right tensor `t`."""

OF_EXPERIMENTS = ("mean", "shuffled", "numbers", "first")
"""Those that an experiment is held against: no learning at all, results that do not belong to their inputs, results
that were written down, and no second training."""

TRIVIAL = (*SPOILING, "first", "again")
"""The names of all: beside what is spoiled, what is right on the first call only, and what gives its first result
again and again."""

SPOILED = "spoiled"
"""What a baseline prints where it has changed a result."""

_SPOILED = """
import torch
right, NUMBERS = {entry}, {numbers!r}
def nearest(t):
    own = [n for n in NUMBERS if t.is_floating_point() or n == int(n)]
    if not own or t.dtype == torch.bool or t.is_complex():
        return t
    row = torch.tensor(own, dtype=torch.float64)
    found = row[(t.double().reshape(-1, 1) - row).abs().argmin(1)] if t.numel() else t
    return torch.where(t.isfinite(), found.reshape(t.shape).to(t.dtype), t)
def differs(value, other):
    if value.shape != other.shape or not torch.equal(torch.nan_to_num(value, 7.0), torch.nan_to_num(other, 7.0)):
        print({printed!r})
    return other
def spoil(value):
    if isinstance(value, torch.Tensor):
        t = value.detach()
        return differs(t, {change})
    if {scalars} and type(value) in (int, float):
        return differs(torch.tensor(value, dtype=torch.float64), nearest(torch.tensor(value))).item()
    if type(value) in (list, tuple):
        return type(value)(spoil(one) for one in value)
    if type(value) is dict:
        return {{key: spoil(one) for key, one in value.items()}}
    if isinstance(value, torch.nn.Module):
        value.register_forward_hook(lambda module, args, output: spoil(output))
    elif type(value) is type(spoil):
        return lambda *args, **kwargs: spoil(value(*args, **kwargs))
    return value
def {entry}(*args, **kwargs):
    return spoil(right(*args, **kwargs))
"""

_FIRST = """
right, given = {entry}, []
def {entry}(*args, **kwargs):
    if given:
        print({printed!r})
        return None
    given.append(1)
    return right(*args, **kwargs)
"""
_AGAIN = """
import torch
right, given = {entry}, []
def alike(one, other):
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return one.shape == other.shape and bool(((one == other) | ((one != one) & (other != other))).all())
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    return not isinstance(one, (bool, int, float, complex, str)) or one == other
def {entry}(*args, **kwargs):
    now = right(*args, **kwargs)
    given.append(now)
    if not alike(given[0], now):
        print({printed!r})
    return given[0]
"""


def baselines(part: Part, right: str, source: str, prompt: str) -> dict[str, str]:
    """Name -> file, for each baseline that a part is held against; none where the entry is no function.

    right: a file that is right. source: the text that defines the entry. prompt: what the learner is told.
    """
    entry = next((node for node in ast.parse(source).body if getattr(node, "name", None) == part.entry), None)
    if not isinstance(entry, ast.FunctionDef):
        return {}
    names = OF_EXPERIMENTS if part.kind == "experiment" else TRIVIAL
    return {name: right + _answer(name, part.entry or "", prompt) for name in names}


def _answer(name: str, entry: str, prompt: str) -> str:
    if name in SPOILING:
        return _SPOILED.format(
            entry=entry, change=SPOILING[name], printed=SPOILED, numbers=numbers(prompt), scalars=name == "numbers"
        )
    return {"first": _FIRST, "again": _AGAIN}[name].format(entry=entry, printed=SPOILED)
