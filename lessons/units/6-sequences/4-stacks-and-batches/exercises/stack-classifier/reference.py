"""The last row of the history of nn.RNN."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


class FasterDeepRNNClassifier(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, num_layers):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = nn.RNN(input_size=embed_dim, hidden_size=hidden_dim, num_layers=num_layers)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        history = self.rnn(self.embedding(tokens)[:, None])[0]
        top = history[-1].squeeze(0)
        return self.linear(top).log_softmax(0)


def values(rng: Rng, V, E, H, L):
    found = {"embedding.weight": rng.normal(V, E), "linear.weight": rng.normal(2, H), "linear.bias": rng.normal(2)}
    for k in range(L):
        for name, size in (("weight_ih", (H, H if k else E)), ("weight_hh", (H, H)), ("bias_ih", (H,)), ("bias_hh", (H,))):
            found[f"rnn.{name}_l{k}"] = rng.normal(*size, std=0.6)
    return found


@cases("classifier")
def stacks(rng: Rng):
    for V, E, H, L in ((11, 3, 5, 2), (7, 6, 3, 3), (9, 5, 1, 1)):
        s = script(f"{L} {'cell' if L == 1 else 'cells'}, E = {E}, H = {H}", rtol=1e-4)
        model = s.new("FasterDeepRNNClassifier", V, E, H, L)
        s.observe(model, "parameters", "loose", label="what it holds")
        s.set(model, values(rng, V, E, H, L))
        sentence = rng.integers(0, V, 6)
        s.call(model, sentence, label="six tokens")
        s.call(model, torch.cat([sentence[:1], (sentence[1:] + 1) % V]), label="the same first token, and others")
        s.call(model, rng.integers(0, V, 1), label="one token")
        again = s.call(model, sentence, label="the first sentence again")
        s.backward(rng.normal(2), of=again)
        s.grads(model)
        yield s
    s = script("another layer", rtol=1e-4)
    model = s.new("FasterDeepRNNClassifier", 9, 5, 5, 2)
    s.set(model, values(rng, 9, 5, 5, 2))
    s.call(fixture("put_in"), model, label="another layer is put in", compare=False)
    s.call(model, rng.integers(0, 9, 7), label="seven tokens")
    yield s


@alternative(part="classifier")
class WithUnpacking(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim, num_layers):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = nn.RNN(embed_dim, hidden_dim, num_layers=num_layers, nonlinearity="tanh")
        self.linear = nn.Linear(hidden_dim, 2)
        self.last = nn.LogSoftmax(dim=0)

    def forward(self, tokens):
        vectors = self.embedding(tokens).unsqueeze(1)
        history, _ = self.rnn(vectors)
        return self.last(self.linear(history[-1, 0, :]))


edit_alternative("indices-first", part="classifier", replace=("self.embedding(tokens)[:, None]", "self.embedding(tokens.unsqueeze(1))"))
edit_alternative("batch-to-the-end", part="classifier", replace=[("history[-1].squeeze(0)", "history[-1]"), ("log_softmax(0)", "log_softmax(1)[0]")])
edit_alternative("by-length", part="classifier", replace=("history[-1].squeeze(0)", "history[len(tokens) - 1, 0]"))
edit_alternative("reshaped", part="classifier", replace=("self.embedding(tokens)[:, None]", "self.embedding(tokens).reshape(len(tokens), 1, -1)"))

edit(
    "batch-in-front",
    "Makes a batch of sentences with one token each.",
    hint="Time is the first dimension, so the new one goes in the middle: `unsqueeze(1)`.",
    part="classifier",
    replace=[("self.embedding(tokens)[:, None]", "self.embedding(tokens)[None]"), ("history[-1].squeeze(0)", "history[-1, 0]")],
)
edit(
    "batch-in-front-last",
    "Makes a batch of sentences with one token each.",
    hint="Time is the first dimension, so the new one goes in the middle: `unsqueeze(1)`.",
    part="classifier",
    replace=[("self.embedding(tokens)[:, None]", "self.embedding(tokens)[None]"), ("history[-1].squeeze(0)", "history[0, -1]")],
)
edit(
    "first-state",
    "Takes the state after the first token.",
    hint="`history[0]` is the beginning of the history.",
    part="classifier",
    replace=("history[-1]", "history[0]"),
)
edit(
    "bottom-cell",
    "Takes the last state of the bottom cell.",
    hint="The second result has the states from the bottom to the top. The history is that of the top cell.",
    part="classifier",
    replace=[("history = self.rnn(self.embedding(tokens)[:, None])[0]", "history = self.rnn(self.embedding(tokens)[:, None])[1]"), ("history[-1]", "history[0]")],
)
edit(
    "mean-of-states",
    "Takes the mean of all states.",
    hint="The feature vector is the last state.",
    part="classifier",
    replace=("history[-1].squeeze(0)", "history.mean(0).squeeze(0)"),
)
edit(
    "row-kept",
    "Returns a batch of one row, of zeros.",
    hint="Take the batch dimension away before the head: `history[-1, 0]`.",
    part="classifier",
    replace=("history[-1].squeeze(0)", "history[-1]"),
)

edit(
    "backwards",
    "Reads the sentence backwards.",
    hint="The first token comes first.",
    replace=("self.embedding(tokens)[:, None]", "self.embedding(tokens.flip(0))[:, None]"),
)
edit(
    "largest-of-the-states",
    "Takes the largest of all states in each dimension.",
    hint="Only the last state counts: it has read the whole sentence.",
    replace=("top = history[-1].squeeze(0)", "top = history.squeeze(1).amax(0)"),
)

edit(
    "scores",
    "Returns the scores.",
    hint="`log_softmax` makes logarithms of probabilities of them.",
    replace=(".log_softmax(0)", ""),
)
