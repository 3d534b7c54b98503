"""A state that is carried, and a graph that is cut."""

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def last_state(cell, X, h, length):
    for t, x in enumerate(X):
        h = cell(x, h.detach() if t % length == 0 else h)
    return h


@cases("last")
def texts(rng: Rng):
    for label, T, length in (
        ("eleven tokens in pieces of four", 11, 4), ("nine in pieces of three", 9, 3), ("in pieces of one", 5, 1),
        ("one piece that is not full", 3, 7), ("one full piece", 6, 6),
    ):  # fmt: skip
        s = script(label)
        weights = [0.7 * rng.normal(5, 3, dtype=torch.float64), 0.5 * rng.normal(5, 5, dtype=torch.float64)]
        cell = s.call(fixture("cell"), *weights, label="the cell", compare=False)
        X = s.call(fixture("tracked"), rng.normal(T, 3, dtype=torch.float64), label="the text", compare=False)
        h = s.call(fixture("tracked"), 0.3 * rng.normal(5, dtype=torch.float64), label="the first state", compare=False)
        last = s.call("last_state", cell, X, h, length, label="the last state")
        hidden = s.call(fixture("weight_of"), cell, label="its weights", compare=False)
        s.call(fixture("derivatives"), last, X, h, hidden, label="derivatives")
        s.call(fixture("calls"), cell, label="calls", compare=False)
        yield s


@check("one call for each token", part="last", observation=True)
def once(got, ref, inputs):
    if got["calls"] != ref["calls"]:
        return Finding("The cell was not called once for each token.", name="other-number-of-calls", expected=str(ref["calls"]), got=str(got["calls"])[:20])
    return None


@alternative(part="last")
def two_loops(cell, X, h, length):
    for piece in X.split(length):
        h = h.detach()
        for x in piece:
            h = cell(x, h)
    return h


@alternative(part="last")
def before_the_last(cell, X, h, length):
    start = (len(X) - 1) // length * length
    with torch.no_grad():
        for x in X[:start]:
            h = cell(x, h)
    h = h.detach()
    for x in X[start:]:
        h = cell(x, h)
    return h


@alternative(part="last")
def by_number(cell, X, h, length):
    t = 0
    while t < len(X):
        if not t % length:
            h = h.detach().clone()
        h = cell(X[t], h)
        t += 1
    return h


@alternative(part="last")
def by_recursion(cell, X, h, length):
    h = h.detach()
    for x in X[:length]:
        h = cell(x, h)
    return h if len(X) <= length else last_state(cell, X[length:], h, length)


edit_alternative("data", part="last", replace=("h.detach()", "h.data"))
edit_alternative("rest", part="last", replace=("h.detach() if t % length == 0 else h", "h if t % length else h.detach()"))

edit(
    "never-cut",
    "Never cuts the graph.",
    hint="`detach()` at the beginning of each piece.",
    part="last",
    replace=("h.detach() if t % length == 0 else h", "h"),
)
edit(
    "always-cut",
    "Cuts the graph at every token.",
    hint="Within a piece derivatives must flow: `detach()` only where one begins.",
    part="last",
    replace=("h.detach() if t % length == 0 else h", "h.detach()"),
)
edit(
    "first-piece-not-cut",
    "Lets derivatives reach the first state.",
    hint="The first piece begins with `h`, and that is cut off too.",
    part="last",
    replace=("if t % length == 0", "if t % length == 0 and t"),
)
edit(
    "pieces-shifted",
    "Cuts one token too late.",
    hint="The state that goes *into* the first token of a piece is the one to be detached.",
    part="last",
    replace=("t % length == 0", "t % length == 1 % length"),
)
edit(
    "state-forgotten",
    "Begins each piece with zeros.",
    hint="`detach()` keeps the value. What the text said before must not be lost.",
    part="last",
    replace=("h.detach() if", "torch.zeros_like(h) if"),
)


@mistake(
    "cut-at-the-end",
    "Cuts the graph behind the last token too.",
    hint="What is returned must have derivatives with respect to the tokens of the last piece.",
    part="last",
)
def cut_at_the_end(cell, X, h, length):
    for t, x in enumerate(X, start=1):
        h = cell(x, h)
        if t % length == 0:
            h = h.detach()
    return h


@mistake(
    "rest-left-out",
    "Leaves out the tokens of a last piece that is not full.",
    hint="The last piece may be shorter.",
    part="last",
)
def rest_left_out(cell, X, h, length):
    for piece in range(len(X) // length):
        h = h.detach()
        for x in X[piece * length : (piece + 1) * length]:
            h = cell(x, h)
    return h

edit(
    "backwards",
    "Reads the text backwards.",
    hint="The first token comes first.",
    replace=("enumerate(X)", "enumerate(X.flip(0))"),
)
