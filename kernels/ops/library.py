"""Our operations as PyTorch knows them: with a schema, so that they can be traced and compiled as a whole.

Library.define and impl rather than `custom_op`, which refuses operations that change running statistics in place, and
rather than `triton_op`, which cannot be traced where there is no GPU. The gradients come from `autograd.Function`s.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

import torch

from kernels.types.dtypes import SHORT

NAMESPACE = "dl_tutor"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
library = torch.library.Library(NAMESPACE, "DEF")


def first_gradient_only(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Marks the backward pass of an `autograd.Function` whose gradient is a kernel's and has no gradient of its own.

    Asked for a gradient that can be differentiated again, it raises a RuntimeError. (PyTorch's `once_differentiable`
    leaves the second gradient out in silence where the cotangent itself needs none.)
    """

    @functools.wraps(backward)
    def run(ctx: Any, *cotangents: Any) -> Any:
        if torch.is_grad_enabled():
            raise RuntimeError(
                "This gradient was computed by a fused kernel and cannot be differentiated again. "
                "For second gradients (create_graph=True) use backend='torch'."
            )
        return backward(ctx, *cotangents)

    return run


def overridable(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Marks a public function that gives way to `__torch_function__`, as PyTorch's own do.

    So `torch.fx` traces a call as one node, and subclasses of tensors may have their own way.
    """
    overridden = torch.overrides.has_torch_function

    @functools.wraps(function)
    def run(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        if overridden(arguments) or (named and overridden(tuple(named.values()))):
            given = (*arguments, *named.values())
            found: Result = torch.overrides.handle_torch_function(run, given, *arguments, **named)
            return found
        return function(*arguments, **named)

    return run


def traits(dtype: torch.dtype, *others: str) -> str:
    """What a crossover depends on beside the operation and its size: the dtype, and what else is not empty."""
    return "".join(f" {one}" for one in (SHORT.get(dtype, str(dtype)), *others) if one)


def gradient(*tensors: torch.Tensor | None) -> str:
    """ "gradient" where one of these needs one, as a trait."""
    return "gradient" if needs_gradient(*tensors) else ""


def needs_gradient(*tensors: torch.Tensor | None) -> bool:
    """Whether a call with these will be differentiated."""
    return torch.is_grad_enabled() and any(one is not None and one.requires_grad for one in tensors)


def asked_for(gradients: Sequence[torch.Tensor], wanted: Sequence[bool]) -> tuple[torch.Tensor | None, ...]:
    """The gradients that are wanted, and None for the others, of which there is no more than an empty tensor."""
    return tuple(one if asked else None for one, asked in zip(gradients, wanted, strict=True))


def _on_its_device(run: Callable[..., Any]) -> Callable[..., Any]:
    """Triton launches kernels on the current GPU; the tensors may lie on another."""

    @functools.wraps(run)
    def there(*arguments: Any) -> Any:
        first = next(one for one in arguments if isinstance(one, torch.Tensor))
        with torch.cuda.device(first.device):
            return run(*arguments)

    return there


def operation(schema: str, run: Callable[..., Any], fake: Callable[..., Any]) -> Any:
    """Registers one operation and returns it.

    `run` does it on real tensors, of a GPU or of the CPU (there interpreted). `fake` gives tensors with the sizes,
    strides and dtypes of the results, without doing it.
    """
    name = schema.split("(", 1)[0]
    # the strides that were seen in tracing are the strides that come: our kernels return what they were shown
    library.define(schema, tags=(torch.Tag.pt2_compliant_tag, torch.Tag.needs_exact_strides))
    library.impl(name, run, "CPU")
    library.impl(name, _on_its_device(run), "CUDA")
    torch.library.register_fake(f"{NAMESPACE}::{name}", fake, lib=library)
    return getattr(getattr(torch.ops, NAMESPACE), name)
