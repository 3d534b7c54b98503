"""Answers without thought, made from the right one tensor by tensor: none of them may pass an exercise."""

from __future__ import annotations

import ast

from lessons.schema import Part

TRIVIAL = {
    "zeros": "torch.zeros_like(t)",
    "ones": "torch.ones_like(t)",
    "mean": "t.double().mean().expand_as(t).to(t.dtype) if not t.is_complex() else t.mean().expand_as(t)",
    "constant": "t.flatten()[:1].expand(t.numel()).reshape(t.shape).clone() if t.numel() else t",
    "shuffled": "t.flatten()[torch.randperm(t.numel())].reshape(t.shape)",
    "transposed": "t.transpose(-1, -2) if t.dim() > 1 else t.flip(0)",
    "nan": "torch.full_like(t, float('nan')) if t.is_floating_point() else t",
    "broadcast": "t.flatten()[:1].sum()",
}
"""Name -> what stands in the place of the right tensor `t`."""

OF_EXPERIMENTS = ("mean", "shuffled")
"""The two that an experiment is held against: no learning at all, and results that do not belong to their inputs."""

SPOILED = "spoiled"
"""What a baseline prints where it has changed a result."""

_SOURCE = """
import torch
right = {entry}
def spoil(value):
    if isinstance(value, torch.Tensor):
        t = value.detach()
        other = {change}
        if other.shape != t.shape or not torch.equal(torch.nan_to_num(other, 7.0), torch.nan_to_num(t, 7.0)):
            print({printed!r})
        return other
    if type(value) in (list, tuple):
        return type(value)(spoil(one) for one in value)
    if type(value) is dict:
        return {{key: spoil(one) for key, one in value.items()}}
    return value
def {entry}(*args, **kwargs):
    return spoil(right(*args, **kwargs))
"""


def baselines(part: Part, right: str, source: str) -> dict[str, str]:
    """Name -> file, for each baseline that a part is held against; none where the entry is no function.

    right: a file that is right. source: the text that defines the entry.
    """
    entry = next((node for node in ast.parse(source).body if getattr(node, "name", None) == part.entry), None)
    if not isinstance(entry, ast.FunctionDef):
        return {}
    names = OF_EXPERIMENTS if part.kind == "experiment" else tuple(TRIVIAL)
    return {name: right + _SOURCE.format(entry=part.entry, change=TRIVIAL[name], printed=SPOILED) for name in names}
