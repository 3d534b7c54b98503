"""The Elman cell, with its state as an attribute."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


class ElmanCell(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.input_linear = nn.Linear(embed_dim, hidden_dim)
        self.hidden_linear = nn.Linear(hidden_dim, hidden_dim)
        self.reset()

    def reset(self):
        self.hidden = torch.zeros(self.input_linear.out_features)

    def forward(self, token):
        memory = self.hidden_linear(self.hidden)
        self.hidden = (self.input_linear(token) + memory).tanh()


@cases("cell")
def lives(rng: Rng):
    for E, H in ((3, 5), (6, 3), (1, 1)):
        s = script(f"E = {E}, H = {H}")
        cell = s.new("ElmanCell", E, H)
        s.observe(cell, "parameters", label="what it holds")
        s.set(cell, {
            "input_linear.weight": rng.normal(H, E, std=0.7), "input_linear.bias": rng.normal(H, std=0.5),
            "hidden_linear.weight": rng.normal(H, H, std=0.7), "hidden_linear.bias": rng.normal(H, std=0.5),
        })  # fmt: skip
        s.attribute(cell, "hidden")
        s.call(cell, rng.normal(E), label="what a call returns")
        s.attribute(cell, "hidden")
        s.call(fixture("feed"), cell, rng.normal(7, E), label="what the last of seven calls returns")
        s.attribute(cell, "hidden")
        s.method(cell, "reset", label="reset()", compare=False)
        s.attribute(cell, "hidden")
        s.call(fixture("gradient"), cell, rng.normal(4, E), rng.normal(H), label="derivatives of the last state")
        yield s


PARAMETERS = "`nn.Linear(embed_dim, hidden_dim)` as `input_linear`, `nn.Linear(hidden_dim, hidden_dim)` as `hidden_linear`. The state is a plain attribute."


@alternative(part="cell")
class WithFunctional(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.input_linear = nn.Linear(embed_dim, hidden_dim)
        self.hidden_linear = nn.Linear(hidden_dim, hidden_dim)
        self.activation = nn.Tanh()
        self.hidden = torch.zeros(hidden_dim)

    def reset(self):
        self.hidden = torch.zeros_like(self.hidden)

    def forward(self, token):
        h = self.input_linear.weight @ token + self.input_linear.bias
        h = h + self.hidden_linear.weight @ self.hidden + self.hidden_linear.bias
        self.hidden = self.activation(h)


@alternative(part="cell")
class WithBuffer(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.input_linear, self.hidden_linear = nn.Linear(embed_dim, hidden_dim), nn.Linear(hidden_dim, hidden_dim)
        self.register_buffer("hidden", torch.zeros(hidden_dim), persistent=False)

    def reset(self):
        self.hidden = torch.zeros(len(self.hidden))

    def forward(self, token):
        z = self.input_linear(token) + self.hidden_linear(self.hidden)
        self.hidden = (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())


edit_alternative("torch-tanh", part="cell", replace=("(self.input_linear(token) + memory).tanh()", "torch.tanh(memory + self.input_linear(token))"))
edit_alternative("by-sigmoid", part="cell", replace=("(self.input_linear(token) + memory).tanh()", "2 * torch.sigmoid(2 * (self.input_linear(token) + memory)) - 1"))
edit_alternative("by-rnn-cell", part="cell", replace=(
    "(self.input_linear(token) + memory).tanh()",
    "torch.rnn_tanh_cell(token[None], self.hidden[None], self.input_linear.weight, self.hidden_linear.weight, self.input_linear.bias, self.hidden_linear.bias)[0]",
))  # fmt: skip

edit(
    "no-memory",
    "Forgets the old state.",
    hint="The old state goes into the new one, through `hidden_linear`.",
    part="cell",
    replace=("self.input_linear(token) + memory", "self.input_linear(token)"),
)
edit(
    "no-tanh",
    "Leaves out the tanh.",
    hint="Every entry of a state lies between -1 and 1.",
    part="cell",
    replace=(".tanh()", ""),
)
edit(
    "sigmoid",
    "Uses the sigmoid.",
    hint="The activation of this cell is tanh, from -1 to 1.",
    part="cell",
    replace=(".tanh()", ".sigmoid()"),
)
edit(
    "two-activations",
    "Applies tanh to both terms instead of to their sum.",
    hint="First the sum, then one tanh.",
    part="cell",
    replace=("(self.input_linear(token) + memory).tanh()", "self.input_linear(token).tanh() + memory.tanh()"),
)
edit(
    "returns-the-state",
    "Returns the state.",
    hint="The cell stores its state, and returns None.",
    part="cell",
    replace=("tanh()", "tanh()\n        return self.hidden"),
)
edit(
    "cut-off",
    "Cuts the state off from the graph.",
    hint="The early tokens must get derivatives as well: do not detach the state between tokens.",
    part="cell",
    replace=("self.hidden_linear(self.hidden)", "self.hidden_linear(self.hidden.detach())"),
)
edit(
    "one-bias",
    "Has a linear layer without a bias.",
    hint=PARAMETERS,
    part="cell",
    replace=("nn.Linear(hidden_dim, hidden_dim)", "nn.Linear(hidden_dim, hidden_dim, bias=False)"),
)
edit(
    "state-as-parameter",
    "Makes the state a parameter.",
    hint=PARAMETERS,
    part="cell",
    replace=[
        ("        self.reset()\n\n", "        self.hidden = nn.Parameter(torch.zeros(hidden_dim))\n\n"),
        ("self.hidden = torch.zeros(self.input_linear.out_features)", "self.hidden.data.zero_()"),
        ("self.hidden = (self.input_linear(token) + memory).tanh()", "self.hidden.data = (self.input_linear(token) + memory).tanh()"),
    ],
)
edit(
    "starts-at-one",
    "Begins with ones.",
    hint="The state is zeros at first.",
    part="cell",
    replace=("torch.zeros(self.input_linear.out_features)", "torch.ones(self.input_linear.out_features)"),
)

edit(
    "multiplied",
    "Multiplies where the formula adds.",
    hint="Both terms are added, and tanh is applied to their sum.",
    replace=("self.input_linear(token) + memory", "self.input_linear(token) * memory"),
)
edit(
    "reset-before-each-token",
    "Sets the state to zeros before every token.",
    hint="Only `reset()` does that. What is the state for?",
    replace=("memory = self.hidden_linear(self.hidden)", "memory = self.hidden_linear(0 * self.hidden)"),
)
edit(
    "state-itself-added",
    "Adds the old state itself besides.",
    hint="The old state enters through `hidden_linear` only.",
    replace=("memory = self.hidden_linear(self.hidden)", "memory = self.hidden_linear(self.hidden) + self.hidden"),
)
