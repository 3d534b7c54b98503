"""Cell above cell, token after token."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def run_stack(X, layers):
    states = [torch.zeros(len(layer[1]), dtype=X.dtype) for layer in layers]
    history = []
    for token in X:
        below = token
        for number, (W_in, b_in, W_hid, b_hid) in enumerate(layers):
            below = (W_in @ below + b_in + W_hid @ states[number] + b_hid).tanh()
            states[number] = below
        history.append(states[-1])
    return torch.stack(history), torch.stack(states)


@cases("stack")
def stacks(rng: Rng):
    for T, E, H, L in ((7, 3, 5, 2), (5, 6, 3, 3), (1, 3, 3, 2), (9, 5, 5, 1), (6, 1, 7, 4)):
        layers = []
        for number in range(L):
            size = E if number == 0 else H
            layers.append(tuple(rng.normal(*one, std=0.6, dtype=torch.float64) for one in ((H, size), (H,), (H, H), (H,))))
        yield case(
            X=rng.normal(T, E, dtype=torch.float64), layers=layers, rtol=1e-8,
            label=f"{T} {'token' if T == 1 else 'tokens'}, {L} {'cell' if L == 1 else 'cells'}",
        )  # fmt: skip


@check("is what nn.RNN finds", part="stack")
def agrees(got, ref, inputs):
    X, layers = inputs["X"], inputs["layers"]
    rnn = torch.nn.RNN(X.shape[1], len(layers[0][1]), len(layers)).double()
    names = ("weight_ih", "bias_ih", "weight_hh", "bias_hh")
    rnn.load_state_dict({f"{name}_l{k}": value for k, layer in enumerate(layers) for name, value in zip(names, layer, strict=True)})
    if not isinstance(got, tuple | list) or len(got) != 2 or not all(isinstance(one, torch.Tensor) for one in got):
        return Finding("Two tensors are expected.", name="not-two")
    with torch.no_grad():
        right = rnn(X)
    if all(one.shape == other.shape and torch.allclose(one.double(), other, atol=1e-9) for one, other in zip(got, right, strict=True)):
        return None
    return Finding("nn.RNN finds different states.", name="not-the-layer")


@alternative
def layer_by_layer(X, layers):
    last = []
    for W_in, b_in, W_hid, b_hid in layers:
        h, rows = torch.zeros(W_hid.shape[0], dtype=torch.float64), []
        for x in X:
            h = torch.tanh(W_in @ x + b_in + W_hid @ h + b_hid)
            rows.append(h)
        X = torch.stack(rows)
        last.append(h)
    return X, torch.stack(last)


@alternative
def in_one_tensor(X, layers):
    T, L, H = len(X), len(layers), len(layers[0][1])
    states = torch.zeros(T + 1, L, H, dtype=torch.float64)
    for t in range(T):
        x = X[t]
        for k in range(L):
            W_in, b_in, W_hid, b_hid = layers[k]
            x = states[t + 1, k] = torch.tanh(W_in @ x + W_hid @ states[t, k] + (b_in + b_hid))
    return states[1:, -1].clone(), states[-1].clone()


@alternative
def by_recursion(X, layers):
    if not layers:
        return X, X.new_zeros(0, 0)
    W_in, b_in, W_hid, b_hid = layers[0]
    ready, h, rows = X @ W_in.T + b_in + b_hid, torch.zeros_like(b_hid), []
    for z in ready:
        h = (z + W_hid @ h).tanh()
        rows.append(h)
    history, others = by_recursion(torch.stack(rows), layers[1:])
    return history, torch.cat([h[None], others]) if len(layers) > 1 else h[None]


edit_alternative("mv", replace=("W_in @ below + b_in + W_hid @ states[number] + b_hid", "torch.mv(W_in, below) + torch.mv(W_hid, states[number]) + b_in + b_hid"))
edit_alternative("one-matrix", replace=("W_in @ below + b_in + W_hid @ states[number] + b_hid", "torch.cat([W_in, W_hid], dim=1) @ torch.cat([below, states[number]]) + b_in + b_hid"))
edit_alternative("row-times-matrix", replace=("W_in @ below + b_in + W_hid @ states[number] + b_hid", "below @ W_in.T + states[number] @ W_hid.T + b_in + b_hid"))

edit(
    "no-memory",
    "Forgets the old states.",
    hint="The old state of a cell goes into its new one.",
    replace=(" + W_hid @ states[number]", ""),
)
edit(
    "history-of-the-bottom",
    "Returns the history of the bottom cell.",
    hint="The history is that of the top cell.",
    replace=("history.append(states[-1])", "history.append(states[0])"),
)
edit(
    "top-first",
    "Has the last states from the top to the bottom.",
    hint="The bottom cell comes first.",
    replace=("torch.stack(states)", "torch.stack(states[::-1])"),
)
edit(
    "last-of-the-top",
    "Gives the last state of the top cell for every cell.",
    hint="Each cell has a state of its own.",
    replace=("torch.stack(states)", "torch.stack([states[-1]] * len(states))"),
)
edit(
    "no-tanh",
    "Leaves out the tanh.",
    hint="Every entry of a state lies between -1 and 1.",
    replace=(".tanh()", ""),
)


@mistake(
    "old-state-from-below",
    "Gives each cell the old state of the one below.",
    hint="The cell below is updated first. Its new state goes up.",
)
def old_state_from_below(X, layers):
    states, history = [torch.zeros(len(layer[1]), dtype=X.dtype) for layer in layers], []
    for token in X:
        inputs = [token, *states]
        for number, (W_in, b_in, W_hid, b_hid) in enumerate(layers):
            states[number] = (W_in @ inputs[number] + b_in + W_hid @ states[number] + b_hid).tanh()
        history.append(states[-1])
    return torch.stack(history), torch.stack(states)


@mistake(
    "state-handed-on",
    "Lets all cells share one state.",
    hint="Each cell remembers its own state from the token before: a list of states.",
)
def state_handed_on(X, layers):
    h, history = torch.zeros(len(layers[0][1]), dtype=X.dtype), []
    for token in X:
        below, last = token, []
        for W_in, b_in, W_hid, b_hid in layers:
            below = h = (W_in @ below + b_in + W_hid @ h + b_hid).tanh()
            last.append(h)
        history.append(h)
    return torch.stack(history), torch.stack(last)

edit(
    "one-more-bias",
    "Leaves out one of the two biases.",
    hint="Both biases are added.",
    replace=(" + b_hid", ""),
)
