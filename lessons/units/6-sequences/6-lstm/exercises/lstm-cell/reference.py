"""Four sums, three gates."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = torch.chunk(weight_ih @ x + bias_ih + weight_hh @ h + bias_hh, 4)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * new.tanh(), new


@cases("step")
def tokens(rng: Rng):
    for label, E, H, size in (("three numbers, five states", 3, 5, 1.0), ("seven numbers, three states", 7, 3, 0.5), ("one of each", 1, 1, 1.0), ("large sums", 6, 5, 6.0)):
        yield case(
            x=rng.normal(E), h=rng.uniform(H) * 2 - 1, c=2 * rng.normal(H), weight_ih=size * rng.normal(4 * H, E),
            weight_hh=size * rng.normal(4 * H, H), bias_ih=rng.normal(4 * H), bias_hh=rng.normal(4 * H), label=label, atol=1e-5,
        )  # fmt: skip


@alternative(part="step")
def gate_by_gate(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    H = len(h)
    parts = []
    for k in range(4):
        rows = slice(k * H, (k + 1) * H)
        parts.append(weight_ih[rows] @ x + bias_ih[rows] + weight_hh[rows] @ h + bias_hh[rows])
    i, f, g, o = torch.sigmoid(parts[0]), torch.sigmoid(parts[1]), torch.tanh(parts[2]), torch.sigmoid(parts[3])
    c = f * c + i * g
    return o * torch.tanh(c), c


@alternative(part="step")
def as_linear_layers(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    from torch.nn.functional import linear

    sums = linear(x, weight_ih, bias_ih) + linear(h, weight_hh, bias_hh)
    i, f, g, o = sums.view(4, -1)
    c = torch.sigmoid(f).mul(c).add(torch.sigmoid(i).mul(torch.tanh(g)))
    return (torch.sigmoid(o) * torch.tanh(c), c)


@alternative(part="step")
def one_matrix(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    both = torch.cat([weight_ih, weight_hh], dim=1) @ torch.cat([x, h]) + (bias_ih + bias_hh)
    i, f, g, o = both.split(len(c))
    c_new = c / (1 + torch.exp(-f)) + torch.tanh(g) / (1 + torch.exp(-i))
    return torch.tanh(c_new) / (1 + torch.exp(-o)), c_new


edit_alternative("reshaped", part="step", replace=("torch.chunk(weight_ih @ x + bias_ih + weight_hh @ h + bias_hh, 4)", "(weight_ih.matmul(x) + weight_hh.matmul(h) + bias_ih + bias_hh).reshape(4, len(h))"))
edit_alternative("copies", part="step", replace=("f.sigmoid() * c + i.sigmoid() * g.tanh()", "torch.addcmul(f.sigmoid() * c, i.sigmoid(), g.tanh())"))

edit(
    "forget-first",
    "Takes the forget gate for the input gate, and the other way round.",
    hint="In PyTorch the order is input gate, forget gate, $g$, output gate.",
    part="step",
    replace=("i, f, g, o = torch", "f, i, g, o = torch"),
)
edit(
    "output-third",
    "Takes the output gate for $g$, and the other way round.",
    hint="In PyTorch the order is input gate, forget gate, $g$, output gate.",
    part="step",
    replace=("i, f, g, o = torch", "i, f, o, g = torch"),
)
edit(
    "candidate-sigmoid",
    "Puts $g$ through a sigmoid.",
    hint="$g$ is what is written, and may be negative: it goes through tanh.",
    part="step",
    replace=("g.tanh()", "g.sigmoid()"),
)
edit(
    "state-not-squashed",
    "Leaves out the tanh of the new cell state.",
    hint="$h = o \\odot \\tanh(c)$.",
    part="step",
    replace=("new.tanh()", "new"),
)
edit(
    "old-cell-state",
    "Computes $h$ from the old cell state.",
    hint="The output gate looks at the *new* cell state.",
    part="step",
    replace=("new.tanh()", "c.tanh()"),
)
edit(
    "order-of-states",
    "Returns the cell state first.",
    hint="The pair is `(h, c)`.",
    part="step",
    replace=("o.sigmoid() * new.tanh(), new", "new, o.sigmoid() * new.tanh()"),
)
edit(
    "kept-and-written",
    "Adds without a forget gate.",
    hint="What was in the cell state is multiplied by the forget gate.",
    part="step",
    replace=("f.sigmoid() * c", "c"),
)


@mistake(
    "gates-not-squashed",
    "Uses the sums as gates, without a sigmoid.",
    hint="A gate is between 0 and 1: $\\sigma$ of its sum.",
    part="step",
)
def gates_not_squashed(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = (weight_ih @ x + bias_ih + weight_hh @ h + bias_hh).chunk(4)
    c = f * c + i * torch.tanh(g)
    return o * torch.tanh(c), c

edit(
    "gates-coupled",
    "Takes 1 minus the forget gate for the input gate.",
    hint="The input gate has weights of its own: the first part of the sums.",
    replace=("i.sigmoid() * g.tanh()", "(1 - f.sigmoid()) * g.tanh()"),
)
