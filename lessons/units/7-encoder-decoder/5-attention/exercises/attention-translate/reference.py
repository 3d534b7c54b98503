"""Search, update, write."""

import torch

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script

END = 1
START = 2


@torch.no_grad()
def write(model, annotations, most):
    state, tokens, rows = torch.zeros_like(annotations[0]), [START], []
    while len(tokens) <= most and tokens[-1] != END:
        rows.append(torch.softmax(annotations @ state, dim=0))
        context = rows[-1] @ annotations
        state = model.cell(model.embedding(torch.tensor(tokens[-1])), state, context)
        tokens.append(int(model.output(state).argmax()))
    return tokens[1:], torch.stack(rows)


V, E, H = 9, 3, 5
COUNT = 9 * 3 + 5 * (3 + 5 + 5 + 3) + 9 * 6


@cases("write")
def sentences(rng: Rng):
    for label, push, most in (
        ("any", 0.4, 11),
        ("END at once", 40.0, 11),
        ("END never", -40.0, 11),
        ("one token at most", -40.0, 1),
    ):
        s = script(label, atol=1e-5)
        numbers = 0.9 * rng.normal(COUNT)
        numbers[END - 9] = push
        model = s.call(fixture("decoder"), V, E, H, numbers, label="the decoder", compare=False)
        for T in (6, 1, 3, 7):
            s.call("write", model, 1.5 * rng.normal(T, H), most, label=f"T = {T}, most = {most}")
        yield s


@alternative(part="write")
@torch.no_grad()
def by_a_for_loop(model, annotations, most):
    h, token, tokens, rows = annotations.new_zeros(annotations.size(1)), torch.tensor(START), [], []
    for _ in range(most):
        weights = (annotations * h).sum(1).softmax(0)
        h = model.cell(model.embedding(token), h, (weights[:, None] * annotations).sum(0))
        token = model.output(h).log_softmax(0).argmax()
        tokens.append(token.item())
        rows.append(weights)
        if token == END:
            break
    return tokens, torch.stack(rows)


@alternative(part="write")
def in_inference_mode(model, annotations, most):
    with torch.inference_mode():
        state, last, tokens, rows = torch.zeros(annotations.shape[1]), START, [], torch.zeros(0, len(annotations))
        while len(tokens) < most and last != END:
            weights = torch.einsum("th,h->t", annotations, state).softmax(dim=-1)
            state = model.cell(model.embedding.weight[last], state, annotations.T @ weights)
            last = model.output(state).max(dim=0).indices.item()
            tokens.append(last)
            rows = torch.cat([rows, weights[None]])
    return tokens, rows.clone()


edit_alternative(
    "item", part="write", replace=("int(model.output(state).argmax())", "model.output(state).argmax().item()")
)
edit_alternative("transposed", part="write", replace=("rows[-1] @ annotations", "annotations.T @ rows[-1]"))
edit_alternative(
    "zeros", part="write", replace=("torch.zeros_like(annotations[0])", "torch.zeros(annotations.shape[1])")
)

edit(
    "context-once",
    "Computes the context once, with the first state.",
    hint="Before *each* update the decoder searches with its present state.",
    part="write",
    replace=("annotations @ state", "annotations @ torch.zeros_like(state)"),
)
edit(
    "last-annotation",
    "Begins with the last annotation as its state.",
    hint="That was the translator without attention. Here the state begins with zeros.",
    part="write",
    replace=("torch.zeros_like(annotations[0])", "annotations[-1]"),
)
edit(
    "reads-start-again",
    "Always reads `START`.",
    hint="After the first step it reads what it has just written.",
    part="write",
    replace=("torch.tensor(tokens[-1])", "torch.tensor(START)"),
)
edit(
    "scaled-scores",
    "Divides the scores by the square root of H.",
    hint="The scores are not scaled here.",
    part="write",
    replace=("annotations @ state", "annotations @ state / len(state) ** 0.5"),
)
edit(
    "start-returned",
    "Returns `START` too.",
    hint="`START` is read and not written.",
    part="write",
    replace=("return tokens[1:],", "return tokens,"),
)


@mistake(
    "state-after",
    "Searches with the state after the update.",
    hint="The query is the state *before* the update; the context goes into the update.",
    part="write",
)
@torch.no_grad()
def state_after(model, annotations, most):
    state, tokens, rows = torch.zeros_like(annotations[0]), [START], []
    context = annotations.mean(0)
    while len(tokens) <= most and tokens[-1] != END:
        state = model.cell(model.embedding(torch.tensor(tokens[-1])), state, context)
        rows.append(torch.softmax(annotations @ state, dim=0))
        context = rows[-1] @ annotations
        tokens.append(int(model.output(state).argmax()))
    return tokens[1:], torch.stack(rows)
