"""Three linear layers, one activation."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


class AttentionCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.input_linear = nn.Linear(E, H)
        self.hidden_linear = nn.Linear(H, H)
        self.context_linear = nn.Linear(H, H)

    def forward(self, x, h, c):
        return (self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c)).tanh()


@cases("cell")
def cells(rng: Rng):
    for label, E, H in (("E = 3, H = 5", 3, 5), ("E = 7, H = 3", 7, 3), ("E = 1, H = 6", 1, 6)):
        tensors = [0.7 * rng.normal(*size) for size in ((H, E), (H,), (H, H), (H,), (H, H), (H,))]
        s = script(label)
        cell = s.call("AttentionCell", E, H, label="the cell", compare=False)
        s.observe(cell, "parameters", "buffers", "loose")
        cell = s.call(fixture("filled"), cell, tensors, label="its parameters", compare=False)
        for step in range(3):
            x, h, c = rng.normal(E), rng.uniform(H) * 2 - 1, 2 * rng.normal(H)
            s.call(cell, x, h, c, label=f"step {step}")
        yield s


@alternative(part="cell")
class summed(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        for name, size in (("input_linear", E), ("hidden_linear", H), ("context_linear", H)):
            setattr(self, name, nn.Linear(size, H))

    def forward(self, x, h, c):
        total = sum(layer(one) for layer, one in zip(self.children(), (x, h, c), strict=True))
        return torch.tanh(total)


@alternative(part="cell")
class by_matrices(AttentionCell):
    def forward(self, x, h, c):
        weights = torch.cat([self.input_linear.weight, self.hidden_linear.weight, self.context_linear.weight], dim=1)
        biases = self.input_linear.bias + self.hidden_linear.bias + self.context_linear.bias
        return torch.tanh(weights @ torch.cat([x, h, c]) + biases)


edit_alternative(
    "torch-tanh",
    part="cell",
    replace=(
        "(self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c)).tanh()",
        "torch.tanh(self.context_linear(c) + self.hidden_linear(h) + self.input_linear(x))",
    ),
)
edit_alternative(
    "functional",
    part="cell",
    replace=("self.context_linear(c)", "nn.functional.linear(c, self.context_linear.weight, self.context_linear.bias)"),
)
edit_alternative(
    "module",
    part="cell",
    replace=(
        "(self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c)).tanh()",
        "nn.Tanh()(self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c))",
    ),
)

edit(
    "activated-one-by-one",
    "Applies the activation to each summand.",
    hint="Add up first; tanh is applied once, to the sum.",
    part="cell",
    replace=(
        "(self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c)).tanh()",
        "self.input_linear(x).tanh() + self.hidden_linear(h).tanh() + self.context_linear(c).tanh()",
    ),
)
edit(
    "no-activation",
    "Leaves out the activation.",
    hint="A state lies between -1 and 1.",
    part="cell",
    replace=(".tanh()", ""),
)
edit(
    "softmax",
    "Applies a softmax instead of tanh.",
    hint="The state is no distribution. Its activation is tanh.",
    part="cell",
    replace=(".tanh()", ".softmax(dim=0)"),
)
edit(
    "context-left-out",
    "Leaves out the context.",
    hint="Three summands: token, state, context.",
    part="cell",
    replace=(" + self.context_linear(c)", ""),
)
edit(
    "arguments-swapped",
    "Takes the state for the context, and the other way round.",
    hint="The order is token, state, context.",
    part="cell",
    replace=("self.hidden_linear(h) + self.context_linear(c)", "self.hidden_linear(c) + self.context_linear(h)"),
)


@mistake(
    "stored-only",
    "Stores the new state and returns nothing.",
    hint="`forward` returns the new state here.",
    part="cell",
)
class stored_only(AttentionCell):
    def forward(self, x, h, c):
        self.state = torch.tanh(self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c))

edit(
    "multiplied",
    "Multiplies where the formula adds.",
    hint="Three terms are added, and tanh is applied to their sum.",
    replace=("+ self.context_linear(c)", "* self.context_linear(c)"),
)
