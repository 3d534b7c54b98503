"""A classifier that feeds a cell, token by token."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


class Cell(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.inner = nn.RNNCell(embed_dim, hidden_dim)
        self.hidden = torch.zeros(hidden_dim)

    def forward(self, token):
        self.hidden = self.inner(token, self.hidden)


class RNNClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell = Cell(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        self.cell.hidden = torch.zeros_like(self.cell.hidden)
        for vector in self.embedding(tokens):
            self.cell(vector)
        return self.linear(self.cell.hidden).log_softmax(0)


class CarriedClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell = Cell(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        self.cell.hidden = self.cell.hidden.detach()
        for vector in self.embedding(tokens):
            self.cell(vector)
        return self.linear(self.cell.hidden).log_softmax(0)


def life(rng: Rng, name, V, E, H, left):
    s = script(f"{V} tokens, E = {E}, H = {H}", rtol=1e-4)
    model = s.new(name, V, E, H)
    s.observe(model, "parameters", label="what it holds")
    s.set(model, {
        "embedding.weight": rng.normal(V, E), "linear.weight": rng.normal(2, H), "linear.bias": rng.normal(2),
        "cell.inner.weight_ih": rng.normal(H, E, std=0.6), "cell.inner.weight_hh": rng.normal(H, H, std=0.6),
        "cell.inner.bias_ih": rng.normal(H, std=0.3), "cell.inner.bias_hh": rng.normal(H, std=0.3),
    })  # fmt: skip
    sentence = rng.integers(0, V, 6)
    s.call(model, sentence, label="a sentence")
    s.call(model, rng.integers(0, V, 1), label="one token")
    s.call(model, sentence, label="the same sentence again")
    s.call(model, sentence.flip(0), label="the sentence backwards")
    if left:
        s.call(fixture("left_behind"), model, rng.uniform(H, low=-0.9, high=0.9), label="a state is left behind", compare=False)
        s.call(model, rng.integers(0, V, 2), label="two tokens after that")
    sentences = [rng.integers(0, V, int(length)) for length in rng.integers(1, 6, 5).tolist()]
    s.call(fixture("trained"), model, sentences, rng.integers(0, 2, 5).tolist(), 0.3, label="costs of five steps")
    s.state_dict(model)
    return s


@cases("classifier")
def fresh(rng: Rng):
    for V, E, H in ((11, 3, 5), (7, 6, 3)):
        yield life(rng, "RNNClassify", V, E, H, left=True)


@cases("carried")
def carried(rng: Rng):
    for V, E, H in ((11, 3, 5), (7, 6, 3)):
        yield life(rng, "CarriedClassify", V, E, H, left=True)


# --- with a reset -------------------------------------------------------------------------------------------------


@alternative(part="classifier")
class ByPlace(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell, self.linear = Cell(embed_dim, hidden_dim), nn.Linear(hidden_dim, 2)
        self.hidden_dim = hidden_dim

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        self.cell.hidden = torch.zeros(self.hidden_dim)
        for t in range(len(tokens)):
            self.cell(vectors[t])
        scores = self.linear(self.cell.hidden)
        return scores - scores.logsumexp(0)


edit_alternative("token-by-token", part="classifier", replace=[
    ("for vector in self.embedding(tokens)", "for token in tokens"), ("self.cell(vector)", "self.cell(self.embedding(token))"),
])  # fmt: skip
edit_alternative("new-zeros", part="classifier", replace=("torch.zeros_like(self.cell.hidden)", "self.linear.weight.new_zeros(self.linear.in_features)"))
edit_alternative("full-zeros", part="classifier", replace=("torch.zeros_like(self.cell.hidden)", "torch.full((self.linear.in_features,), 0.0)"))
edit_alternative("times-zero", part="classifier", replace=("torch.zeros_like(self.cell.hidden)", "self.cell.hidden.detach() * 0"))

edit(
    "no-reset",
    "Never resets the state.",
    hint="The state of the sentence before is still there, with its graph. Set it to zeros in front of the loop.",
    part="classifier",
    replace=("        self.cell.hidden = torch.zeros_like(self.cell.hidden)\n", ""),
)
edit(
    "cut-only",
    "Cuts the state off from its graph, and keeps its numbers.",
    hint="That runs, but the result depends on the sentence before. The state must be zeros.",
    part="classifier",
    replace=("torch.zeros_like(self.cell.hidden)", "self.cell.hidden.detach()"),
)
edit(
    "reset-inside",
    "Resets the state before every token.",
    hint="Then the network sees nothing but the last token. Where does memory go?",
    part="classifier",
    replace=[
        ("        self.cell.hidden = torch.zeros_like(self.cell.hidden)\n", ""),
        ("            self.cell(vector)\n", "            self.cell.hidden = torch.zeros_like(self.cell.hidden)\n            self.cell(vector)\n"),
    ],
)
edit(
    "reset-afterwards",
    "Resets the state after the sentence instead of before it.",
    hint="A state may have been left behind in another way. The reset belongs in front of the first token.",
    part="classifier",
    replace=[
        ("        self.cell.hidden = torch.zeros_like(self.cell.hidden)\n", ""),
        ("return self.linear(self.cell.hidden).log_softmax(0)", "last, self.cell.hidden = self.cell.hidden, torch.zeros_like(self.cell.hidden)\n        return self.linear(last).log_softmax(0)"),
    ],
)
edit(
    "backwards",
    "Feeds the tokens from the last to the first.",
    hint="The tokens are fed in the order of the sentence.",
    part="classifier",
    replace=("self.embedding(tokens)", "self.embedding(tokens.flip(0))"),
)
edit(
    "sum-of-states",
    "Adds up all states.",
    hint="The feature vector is the last state.",
    part="classifier",
    replace=[
        ("        for vector", "        total = 0\n        for vector"),
        ("            self.cell(vector)\n", "            self.cell(vector)\n            total = total + self.cell.hidden\n"),
        ("self.linear(self.cell.hidden)", "self.linear(total)"),
    ],
)
edit(
    "scores",
    "Returns the scores of the linear layer.",
    hint="The exponentials of the results must add up to 1: LogSoftmax.",
    part="classifier",
    replace=(".log_softmax(0)", ""),
)

# --- without one --------------------------------------------------------------------------------------------------


@alternative(part="carried")
class WithNoGrad(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell, self.linear = Cell(embed_dim, hidden_dim), nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        with torch.no_grad():
            self.cell.hidden = self.cell.hidden.clone()
        for token in tokens:
            self.cell(self.embedding(token))
        return torch.log_softmax(self.linear(self.cell.hidden), dim=0)


edit_alternative("copied", part="carried", replace=("self.cell.hidden.detach()", "self.cell.hidden.clone().detach()"))
edit_alternative("data", part="carried", replace=("self.cell.hidden.detach()", "self.cell.hidden.data"))
edit_alternative("by-place", part="carried", replace=[("for vector in self.embedding(tokens)", "for t in range(len(tokens))"), ("self.cell(vector)", "self.cell(self.embedding(tokens[t]))")])
edit_alternative("cut-afterwards", part="carried", replace=[
    ("        self.cell.hidden = self.cell.hidden.detach()\n", ""),
    ("return self.linear(self.cell.hidden).log_softmax(0)", "logs = self.linear(self.cell.hidden).log_softmax(0)\n        self.cell.hidden = self.cell.hidden.detach()\n        return logs"),
])  # fmt: skip

edit(
    "reset-here-too",
    "Resets the state.",
    hint="Here the numbers of the old state stay. Only its graph is cut off.",
    part="carried",
    replace=("self.cell.hidden.detach()", "torch.zeros_like(self.cell.hidden)"),
)
edit(
    "not-cut",
    "Does not cut the state off from its graph.",
    hint="The graph of the sentence before was freed. Which method gives a tensor with the same numbers and no graph?",
    part="carried",
    replace=("        self.cell.hidden = self.cell.hidden.detach()\n", ""),
)
edit(
    "cut-inside",
    "Cuts the state off at every token.",
    hint="Within a sentence derivatives must reach the early tokens. Cut once, in front of the loop.",
    part="carried",
    replace=("            self.cell(vector)\n", "            self.cell.hidden = self.cell.hidden.detach()\n            self.cell(vector)\n"),
)

edit(
    "mean-of-states",
    "Makes its answer of the mean of the states.",
    hint="Only the last state counts: it has read the whole sentence.",
    part="classifier",
    replace=("        for vector in self.embedding(tokens):\n            self.cell(vector)\n        return self.linear(self.cell.hidden).log_softmax(0)", "        states = []\n        for vector in self.embedding(tokens):\n            self.cell(vector)\n            states.append(self.cell.hidden)\n        return self.linear(torch.stack(states).mean(0)).log_softmax(0)"),
)
