"""Our operations as PyTorch knows them: with a schema, so that they can be traced and compiled as a whole.

Library.define and impl rather than `custom_op`, which refuses operations that change running statistics in place, and
rather than `triton_op`, which cannot be traced where there is no GPU. The gradients come from `autograd.Function`s.
"""

from collections.abc import Callable
from typing import Any

import torch

NAMESPACE = "dl_tutor"
library = torch.library.Library(NAMESPACE, "DEF")  # type: ignore[no-untyped-call]


def operation(schema: str, run: Callable[..., Any], fake: Callable[..., Any]) -> Any:
    """Registers one operation and returns it.

    `run` does it on real tensors, of a GPU or of the CPU (there interpreted). `fake` gives tensors with the sizes,
    strides and dtypes of the results, without doing it.
    """
    name = schema.split("(", 1)[0]
    # the strides that were seen in tracing are the strides that come: our kernels return what they were shown
    library.define(schema, tags=(torch.Tag.pt2_compliant_tag, torch.Tag.needs_exact_strides))  # type: ignore[no-untyped-call]
    library.impl(name, run, "CPU")  # type: ignore[no-untyped-call]
    library.impl(name, run, "CUDA")  # type: ignore[no-untyped-call]
    torch.library.register_fake(f"{NAMESPACE}::{name}", fake, lib=library)
    return getattr(getattr(torch.ops, NAMESPACE), name)
