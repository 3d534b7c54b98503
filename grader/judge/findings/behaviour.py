"""Findings about what code did beside returning a value: observations by their names in a verdict."""

from __future__ import annotations

from typing import Any, NamedTuple


class Behaviour(NamedTuple):
    """A finding that rests on an observation."""

    name: str
    summary: str
    hint: str


CHANGED = Behaviour(
    "changed-in-place",
    "The code changed its input.",
    "Which operation writes into its operand? A trailing underscore, `+=` and `x[...] =` do.",
)
VIEW = Behaviour(
    "view-of-input", "The result shares memory with an input, but should not.", "Where could a clone() be missing?"
)
COPIED = Behaviour(
    "copied",
    "The result should share memory with its input, but is a copy.",
    "Slices and reshape give views; masks, arithmetic and clone() copy.",
)
DETACHED = Behaviour(
    "detached",
    "The result is cut off from autograd's graph.",
    "detach, item, numpy and a new tensor made from numbers cut the graph.",
)
TRACKED = Behaviour(
    "tracked", "Something is tracked by autograd that should not be.", "Use detach() or torch.no_grad() there."
)
STATE = Behaviour(
    "state-left",
    "The same input gives a different result the second time: something was left over from an earlier call.",
    "What do you keep between calls: a global, a default argument, an attribute?",
)
MODE = Behaviour(
    "wrong-mode",
    "The module is in training mode where it should predict, or the other way round.",
    "train() or eval()?",
)
LOOSE = Behaviour(
    "unregistered",
    "A module holds tensors or modules that are not registered: they are neither trained nor saved.",
    "nn.Parameter for what is trained, register_buffer for what is kept, nn.ModuleList for modules in a list.",
)
PARAMETERS = Behaviour(
    "other-parameters",
    "The module does not have the parameters that it should have.",
    "What is trained, and what shape does it have? Print the shapes of list(module.parameters()).",
)
BUFFERS = Behaviour(
    "other-buffers",
    "The module does not have the buffers that it should have.",
    "What is kept without being trained, such as running averages, is registered with register_buffer.",
)
BESIDE = Behaviour(
    "not-by-kernel",
    "The result was not computed by a kernel.",
    "What does the function around the kernel do? It allocates the result, launches the kernel, and returns.",
)
ALL = (CHANGED, VIEW, COPIED, DETACHED, TRACKED, STATE, MODE, LOOSE, PARAMETERS, BUFFERS, BESIDE)
PLAIN = {
    "unchanged_inputs": CHANGED,
    "arguments": CHANGED,
    "training": MODE,
    "loose": LOOSE,
    "parameters": PARAMETERS,
    "buffers": BUFFERS,
    "written": BESIDE,
}
"""The finding for each observation that can differ in one way only."""


def behaviour(observation: str, got: Any, expected: Any) -> Behaviour | None:
    """The finding for an observation that differs from the reference's."""
    if observation == "shares_storage":
        return COPIED if expected else VIEW
    if observation == "grad_fn":
        missing = isinstance(got, list) and isinstance(expected, list) and got.count(True) < expected.count(True)
        return DETACHED if missing else TRACKED
    if observation == "tracked":
        return TRACKED if isinstance(got, int) and isinstance(expected, int) and got > expected else DETACHED
    return PLAIN.get(observation)
