"""Encoder and decoder, one pair at a time."""

import torch
from torch import nn
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script

END = 1
START = 2


class Translator(nn.Module):
    def __init__(self, source_size, target_size, E, H):
        super().__init__()
        self.source_embedding = nn.Embedding(source_size, E)
        self.encoder = nn.LSTM(E, H)
        self.target_embedding = nn.Embedding(target_size, E)
        self.cell = nn.RNNCell(E, H)
        self.output = nn.Linear(H, target_size)

    def forward(self, source, target, forced=False):
        history, _ = self.encoder(self.source_embedding(source)[:, None])
        state, token = history[-1, 0], target[0]
        tokens, cost = [], 0.0
        for correct in target[1:]:
            state = self.cell(self.target_embedding(token), state)
            log_probs = self.output(state).log_softmax(dim=0)
            cost = cost - log_probs[correct]
            tokens.append(int(log_probs.argmax()))
            if tokens[-1] == END and not forced:
                break
            token = correct if forced else torch.tensor(tokens[-1])
        return tokens, cost


@torch.no_grad()
def translate(model, source, most):
    history, _ = model.encoder(model.source_embedding(source)[:, None])
    state, tokens = history[-1, 0], [START]
    while len(tokens) <= most and tokens[-1] != END:
        state = model.cell(model.target_embedding(torch.tensor(tokens[-1])), state)
        tokens.append(int(model.output(state).argmax()))
    return tokens[1:]


def train(model, pairs, epochs, lr, forced):
    optimizer, costs = torch.optim.Adam(model.parameters(), lr=lr), []
    for epoch in range(epochs):
        epoch_costs = []
        for source, target in pairs:
            optimizer.zero_grad()
            _, cost = model(source, target, forced)
            cost.backward()
            optimizer.step()
            epoch_costs.append(cost.item())
        costs.append(sum(epoch_costs) / len(epoch_costs))
        live.log({("forced" if forced else "free") + "/cost": costs[-1]}, step=epoch)
    return costs


SIZES = (7, 9, 3, 5)
LARGER = (7, 9, 6, 16)


def count(source_size, target_size, E, H):
    """How many parameters the five layers have."""
    return (source_size + target_size) * E + 5 * H * (E + H + 2) + target_size * (H + 1)


def numbers(rng, size=0.7, sizes=SIZES):
    return size * rng.normal(count(*sizes), dtype=torch.float64)


def with_end(rng, numbers, push):
    """The output layer's bias for END, pushed up or down."""
    changed = numbers.clone()
    changed[END - 9] = push
    return changed


def sentence(rng, n, vocabulary, start):
    words = rng.integers(3, vocabulary, n)
    return torch.cat([torch.tensor(start, dtype=torch.int64), words, torch.tensor([END])])


MIDDLE = "free, an end in the middle"


@cases("forward")
def whole_sentences(rng: Rng):
    for label, forced, push in (
        ("free", False, -9.0),
        ("forced", True, -9.0),
        ("free, an early end", False, 9.0),
        ("forced, END everywhere", True, 9.0),
        (MIDDLE, False, 0.3),
    ):
        s = script(label, rtol=1e-6, atol=1e-9)
        model = s.call("Translator", *SIZES, label="the model", compare=False)
        model = s.call(
            fixture("filled"), model, with_end(rng, numbers(rng, 0.9), push), label="its parameters", compare=False
        )
        for n, m in ((6, 5), (1, 1), (3, 8)) if label != MIDDLE else [(n, 8) for n in range(1, 7)]:
            source, target = sentence(rng, n, 7, []), sentence(rng, m, 9, [START])
            s.call(
                fixture("trial"),
                model,
                source,
                target,
                forced or None,
                label=f"source of {n}, target of {m}: tokens, cost, gradients",
            )
        yield s


@cases("translate")
def contexts(rng: Rng):
    for label, push, most in (
        ("any", 0.3, 12),
        ("END at once", 30.0, 12),
        ("END never", -30.0, 12),
        ("one token at most", -30.0, 1),
        ("END at the last token", 30.0, 1),
    ):
        s = script(label)
        model = s.call(
            fixture("layers"), *SIZES, with_end(rng, numbers(rng, 0.9), push), label="the layers", compare=False
        )
        for n in (4, 1, 7, 3, 5, 6):
            s.call(
                "translate",
                model,
                sentence(rng, n, 7, []),
                most,
                label=f"source of {n}, most = {most}",
            )
        yield s


WORDS = torch.tensor([[3, 3, 4, 5, 6], [6, 4, 3, 3, 5], [5, 3, 6, 4, 4]])
TASK = [
    (torch.cat([row, torch.tensor([END])]), torch.cat([torch.tensor([START]), row.flip(0) + 1, torch.tensor([END])]))
    for row in (WORDS[0], WORDS[1, :4], WORDS[2])
]
"""Each word has one translation, and their order is reversed."""


@cases("train")
def trainings(rng: Rng):
    for name, forced in (("free", False), ("forced", True)):
        s = script(f"two epochs, {name}", rtol=1e-5, atol=1e-8)
        model = s.call("Translator", *SIZES, label="the model", compare=False)
        model = s.call(fixture("filled"), model, numbers(rng, 0.4), label="its parameters", compare=False)
        s.call("train", model, TASK, 2, 0.01, forced, label="costs")
        s.call(fixture("parameters"), model, label="parameters")
        yield s
    start = numbers(rng, 0.25, LARGER)
    s = script("20 epochs", weight=0, targets=[target[1:].tolist() for _, target in TASK])
    for name, forced in (("free", False), ("forced", True)):
        model = s.call("Translator", *LARGER, label=f"the model, {name}", compare=False)
        model = s.call(fixture("filled"), model, start, label=f"its parameters, {name}", compare=False)
        if forced:
            s.call(fixture("whole_costs"), model, TASK, label="before", compare=False)
        s.call("train", model, TASK, 20, 0.03, forced, label=f"costs, {name}", compare=False)
    s.call(fixture("whole_costs"), model, TASK, label="after", compare=False)
    for place, (source, _) in enumerate(TASK):
        s.call("translate", model, source, 8, label=f"sentence {place}", compare=False)
    yield s


@check("the cost falls, and sentences are translated", part="train", only="20 epochs", weight=2)
def learns(got, ref, inputs):
    for name in ("free", "forced"):
        costs = got[f"costs, {name}"]
        if not isinstance(costs, list) or len(costs) != 20 or not all(isinstance(one, float) for one in costs):
            return Finding(f"The costs of 20 epochs, {name}, are not a list of 20 floats.", name="no-costs")
    before, after = got["before"], got["after"]
    if not all(isinstance(one, float) for one in (before, after)) or not after < 0.4 * before:
        expected = f"below {0.4 * ref['before']:.2f}"
        return Finding(
            "The cost over the whole targets has not fallen below 40%.",
            name="cost-stays",
            expected=expected,
            got=str(after)[:20],
        )
    written = [got[f"sentence {place}"] for place in range(len(inputs["targets"]))]
    if not all(isinstance(one, list) and one for one in written):
        return Finding("A sentence is not translated into a list of tokens.", name="no-sentence")
    exact = sum(one == target for one, target in zip(written, inputs["targets"], strict=True))
    if exact < 2:
        return Finding(
            "Too few sentences are translated without a mistake.",
            name="few-exact",
            expected="2 of 3 or more",
            got=f"{exact} of 3",
        )
    return None


@check("both curves are logged", part="train", only="20 epochs", observation=True)
def logged(got, ref, inputs):
    missing = [name for name in ("free/cost", "forced/cost") if len(inputs["curves"].get(name, [])) < 20]
    return Finding(f"There is no curve {missing[0]}.", name="no-curve") if missing else None


edit_alternative(
    "unsqueezed",
    part="forward",
    replace=("self.source_embedding(source)[:, None]", "self.source_embedding(source).unsqueeze(1)"),
)
edit_alternative(
    "last-hidden",
    part="forward",
    replace=("state, token = history[-1, 0], target[0]", "state, token = history.squeeze(1)[-1], target[0]"),
)
edit_alternative(
    "cross-entropy",
    part="forward",
    replace=("cost = cost - log_probs[correct]", "cost = cost + nn.functional.nll_loss(log_probs, correct)"),
)


@alternative(part="forward")
class by_batches(Translator):
    def forward(self, source, target, forced=False):
        _, (last, _) = self.encoder(self.source_embedding(source).reshape(len(source), 1, -1))
        state, token, tokens, costs = last[-1], target[:1], [], []
        for step in range(1, len(target)):
            state = self.cell(self.target_embedding(token), state)
            scores = self.output(state)
            costs.append(nn.functional.cross_entropy(scores, target[step : step + 1]))
            predicted = scores.argmax(dim=1)
            tokens += predicted.tolist()
            if not forced and tokens[-1] == END:
                break
            token = target[step : step + 1] if forced else predicted
        return tokens, torch.stack(costs).sum()


@alternative(part="forward")
class unbatched(Translator):
    def forward(self, source, target, forced=False):
        context = self.encoder(self.source_embedding(source))[0][-1]
        cost, tokens, read = context.new_zeros(()), [], target[0]
        for wanted in target[1:]:
            context = self.cell(self.target_embedding(read), context)
            p = torch.log_softmax(self.output(context), dim=-1)
            cost, best = cost - p[wanted], p.argmax().detach()
            tokens.append(best.item())
            if forced:
                read = wanted
            elif best == END:
                return tokens, cost
            else:
                read = best
        return tokens, cost


edit(
    "free-running-always",
    "Reads its own words in teacher forcing too.",
    hint="With `forced` the next input is the correct token.",
    part="forward",
    replace=("token = correct if forced else torch.tensor(tokens[-1])", "token = torch.tensor(tokens[-1])"),
)
edit(
    "stops-in-forcing",
    "Stops at a predicted END in teacher forcing too.",
    hint="With `forced` there are always `len(target) - 1` steps.",
    part="forward",
    replace=("tokens[-1] == END and not forced", "tokens[-1] == END"),
)
edit(
    "never-stops",
    "Goes on behind a predicted END in free running.",
    hint="Without `forced` it stops right after a step that predicts `END`.",
    part="forward",
    replace=("tokens[-1] == END and not forced", "False"),
)
edit(
    "answer-leaked",
    "Reads the very token that it is to predict.",
    hint="To predict `target[k + 1]` the decoder reads `target[k]`. Reading the answer costs nothing, and teaches nothing.",
    part="forward",
    replace=(
        "state = self.cell(self.target_embedding(token), state)",
        "state = self.cell(self.target_embedding(correct if forced else token), state)",
    ),
)
edit(
    "detached-context",
    "Cuts the graph between encoder and decoder.",
    hint="Without `detach()` the encoder gets a gradient.",
    part="forward",
    replace=("history[-1, 0], target[0]", "history[-1, 0].detach(), target[0]"),
)
edit(
    "first-state",
    "Takes the encoder's state after the first token for the context.",
    hint="The context is the state after the last token: `history[-1, 0]`.",
    part="forward",
    replace=("history[-1, 0], target[0]", "history[0, 0], target[0]"),
)
edit(
    "batch-axis-kept",
    "Keeps the batch axis of the context.",
    hint="The cell works with vectors here: the context must be `(H,)`, and `history[-1]` is `(1, H)`.",
    part="forward",
    replace=("history[-1, 0], target[0]", "history[-1], target[0]"),
)


@mistake(
    "normalised-over-the-batch",
    "Normalises over a batch of one, so every cost is 0.",
    hint="The scores have the shape `(1, V)` here, and `dim=0` is the batch. Drop the batch axis, or normalise along the last one.",
    part="forward",
)
class normalised_over_the_batch(Translator):
    def forward(self, source, target, forced=False):
        history, _ = self.encoder(self.source_embedding(source)[:, None])
        state, token, tokens, cost = history[-1], target[0], [], 0.0
        for correct in target[1:]:
            state = self.cell(self.target_embedding(token)[None], state)
            log_probs = self.output(state).log_softmax(dim=0)
            cost = cost - log_probs[0, correct]
            tokens.append(int(log_probs.argmax()))
            if tokens[-1] == END and not forced:
                break
            token = correct if forced else torch.tensor(tokens[-1])
        return tokens, cost


@alternative(part="translate")
@torch.no_grad()
def by_a_for_loop(model, source, most):
    state = model.encoder(model.source_embedding(source).unsqueeze(1))[0][-1, 0]
    token, tokens = torch.tensor(START), []
    for _ in range(most):
        state = model.cell(model.target_embedding(token), state)
        token = model.output(state).log_softmax(dim=0).argmax()
        tokens.append(token.item())
        if token.item() == END:
            break
    return tokens


@alternative(part="translate")
def in_inference_mode(model, source, most):
    with torch.inference_mode():
        state = model.encoder(model.source_embedding(source))[0][-1]
        written, last = [], START
        while last != END and len(written) < most:
            state = model.cell(model.target_embedding(torch.tensor([last]))[0], state)
            last = model.output(state).max(dim=0).indices.item()
            written.append(last)
    return written


edit_alternative(
    "item", part="translate", replace=("int(model.output(state).argmax())", "model.output(state).argmax().item()")
)
edit_alternative("unsqueeze", part="translate", replace=("[:, None]", ".unsqueeze(1)"))
edit_alternative(
    "softmax", part="translate", replace=("model.output(state).argmax()", "model.output(state).softmax(dim=0).argmax()")
)

edit(
    "start-returned",
    "Returns `START` too.",
    hint="`START` is read and not written.",
    part="translate",
    replace=("return tokens[1:]", "return tokens"),
)
edit(
    "one-too-many",
    "Writes one token more than is allowed.",
    hint="How many tokens have been written when `START` is in the list too?",
    part="translate",
    replace=("len(tokens) <= most", "len(tokens) <= most + 1"),
)
edit(
    "end-dropped",
    "Leaves out `END`.",
    hint="`END` belongs to the result if it was written.",
    part="translate",
    replace=("return tokens[1:]", "return [one for one in tokens[1:] if one != END]"),
)
edit(
    "reads-start-again",
    "Always reads `START`.",
    hint="After the first step the decoder reads what it has just written.",
    part="translate",
    replace=("torch.tensor(tokens[-1])", "torch.tensor(START)"),
)
edit(
    "no-context",
    "Begins with a state of zeros.",
    hint="The state begins as the context vector; else the decoder has not read the sentence.",
    part="translate",
    replace=("state, tokens = history[-1, 0], [START]", "state, tokens = torch.zeros_like(history[-1, 0]), [START]"),
)


@alternative(part="train")
def means(model, pairs, epochs, lr, forced):
    optimizer = torch.optim.Adam(model.parameters(), lr)
    result = []
    for epoch in range(epochs):
        total = torch.zeros(())
        for pair in pairs:
            cost = model(*pair, forced)[1]
            model.zero_grad()
            cost.backward()
            optimizer.step()
            total = total + cost.detach()
        result.append((total / len(pairs)).item())
        live.log({f"{'forced' if forced else 'free'}/cost": result[-1]}, step=epoch)
    return result


edit_alternative("none", part="train", replace=("optimizer.zero_grad()", "optimizer.zero_grad(set_to_none=True)"))
edit_alternative(
    "keywords", part="train", replace=("model(source, target, forced)", "model(source, target, forced=forced)")
)
edit_alternative(
    "as-floats", part="train", replace=("epoch_costs.append(cost.item())", "epoch_costs.append(float(cost))")
)
edit_alternative("number", part="train", replace=("len(epoch_costs)", "len(pairs)"))

edit(
    "gradients-kept",
    "Never clears the gradients.",
    hint="Gradients add up: `zero_grad()` before each `backward()`.",
    part="train",
    replace=("            optimizer.zero_grad()\n", ""),
)
edit(
    "never-forced",
    "Trains without teacher forcing, whatever is asked for.",
    hint="Hand `forced` to the model.",
    part="train",
    replace=("model(source, target, forced)", "model(source, target)"),
)
edit(
    "sum-of-costs",
    "Returns the sum of the costs instead of their mean.",
    hint="Divide by the number of pairs.",
    part="train",
    replace=("sum(epoch_costs) / len(epoch_costs)", "sum(epoch_costs)"),
)
edit(
    "last-pair",
    "Returns the cost of the last pair of each epoch.",
    hint="The mean over all pairs of the epoch is wanted.",
    part="train",
    replace=("sum(epoch_costs) / len(epoch_costs)", "epoch_costs[-1]"),
)
edit(
    "another-optimizer",
    "Trains by plain gradient descent.",
    hint="`torch.optim.Adam` is wanted.",
    part="train",
    replace=("torch.optim.Adam(", "torch.optim.SGD("),
)

edit(
    "cell-state",
    "Takes the LSTM's cell state for the context.",
    hint="The context is the encoder's hidden state after the last token: `history[-1]`.",
    part="forward",
    replace=("history, _ = self.encoder(self.source_embedding(source)[:, None])\n        state, token = history[-1, 0], target[0]", "_, (_, memory) = self.encoder(self.source_embedding(source)[:, None])\n        state, token = memory[0, 0], target[0]"),
)
edit(
    "mean-cost",
    "Divides the cost by the number of steps.",
    hint="The costs of the steps are added up.",
    part="forward",
    replace=("return tokens, cost", "return tokens, cost / len(tokens)"),
)
