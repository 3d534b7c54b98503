"""A model's modules are replaced by ours, which do the same."""

from dataclasses import dataclass, field
from typing import Any

import torch

from kernels.dispatch.choice import checked_backend
from kernels.nn.attention import MultiheadAttention
from kernels.nn.convolution import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from kernels.nn.normalisation import BatchNorm1d, BatchNorm2d

OURS: dict[type[torch.nn.Module], type[torch.nn.Module]] = {
    torch.nn.BatchNorm1d: BatchNorm1d,
    torch.nn.BatchNorm2d: BatchNorm2d,
    torch.nn.Conv1d: Conv1d,
    torch.nn.Conv2d: Conv2d,
    torch.nn.ConvTranspose1d: ConvTranspose1d,
    torch.nn.ConvTranspose2d: ConvTranspose2d,
    torch.nn.MultiheadAttention: MultiheadAttention,
}


@dataclass(frozen=True, slots=True)
class Replacement:
    """What `replace` made of a model: the names of modules that are ours now, and why others stayed as they are.

    `model` is the model that was given, with its modules replaced; or ours, where the model itself was such a module.
    """

    model: torch.nn.Module
    replaced: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{name or 'the model'}: {what}" for name, what in self.replaced.items()]
        lines += [f"{name or 'the model'}: left as it is, {why}" for name, why in self.refused.items()]
        return "\n".join(lines) or "Nothing to replace."


def _refusal(module: torch.nn.Module) -> str | None:
    """Why a module that looks like one of PyTorch's must stay, or None where it need not or is none."""
    if type(module) in OURS or isinstance(module, tuple(OURS.values())):
        return None
    for theirs in OURS:
        if isinstance(module, theirs):
            return f"because {type(module).__name__} may do something else than {theirs.__name__}"
    if isinstance(module, torch.nn.SyncBatchNorm):
        return "because its statistics are those of several processes"
    return None


def _ours(module: torch.nn.Module, backend: str | None) -> torch.nn.Module:
    """Our module with the very parameters, statistics and hooks of PyTorch's."""
    made: Any = OURS[type(module)].__new__(OURS[type(module)])
    made.__dict__.update(vars(module))
    made.backend = backend
    if isinstance(module, torch.nn.BatchNorm1d | torch.nn.BatchNorm2d):
        made.eps = module.eps
    return made  # type: ignore[no-any-return]


def replace(model: torch.nn.Module, *, backend: str | None = None) -> Replacement:
    """Replaces those modules of a model, in place, for which there is one of ours, and says which.

    Results, parameters, state dict, hooks and training mode stay as they are: no ReLU is fused in by this. Modules of
    classes that inherit from PyTorch's, or whose weights are computed from others, are left alone and named.

    backend: what the new modules are to use, "auto", "triton", "torch" or "interpret"; None asks `kernels.backend` and
    DL_TUTOR_KERNELS at each call. Raises `BackendError` for another name.
    """
    checked_backend(backend, "kernels.nn.replace")
    found = Replacement(model)
    made: dict[torch.nn.Module, torch.nn.Module] = {}
    for name, module in list(model.named_modules(remove_duplicate=False)):
        if why := _refusal(module):
            found.refused[name] = why
        if type(module) not in OURS:
            continue
        new = made.setdefault(module, _ours(module, backend))
        found.replaced[name] = f"{type(module).__name__} is kernels.nn.{type(new).__name__}"
        if not name:
            return Replacement(new, found.replaced)
        holder, _, last = name.rpartition(".")
        setattr(model.get_submodule(holder), last, new)
    return found
