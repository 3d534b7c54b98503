"""The rows of a table in the order of our vocabulary, and a bag whose table is a buffer."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, fixture, mistake, script


def in_our_order(tokens, known, vectors):
    places = {token: place for place, token in enumerate(known)}
    nothing = torch.zeros(vectors.shape[1])
    return torch.stack([vectors[places[token]] if token in places else nothing for token in tokens])


class FixedSumClassify(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(table, freeze=True)
        self.linear = nn.Linear(table.shape[1], 2)

    def forward(self, tokens):
        return self.linear(self.embedding(tokens).sum(0)).log_softmax(0)


WORDS = ("the", "a", "good", "bad", "film", "not", "very", ",", "'s", "plot", "dull")


@cases("table")
def lists(rng: Rng):
    for size, ours in ((3, 7), (5, 9), (6, 6)):
        known = [WORDS[place] for place in rng.permutation(11).tolist()[:7]]
        others = ["<UNK>", *(word for word in WORDS if word not in known)]
        tokens = [*others[:2], *known[: ours - 2]]
        tokens = [tokens[place] for place in rng.permutation(len(tokens)).tolist()]
        yield case(tokens=tokens, known=known, vectors=rng.normal(7, size), label=f"{len(tokens)} tokens, {size} numbers each")
    yield case(tokens=["<UNK>", "hello", "good"], known=["bad", "hello"], vectors=rng.normal(2, 3), label="hardly a word is known")
    yield case(tokens=["Good", "bad", "BAD", "good"], known=["bad", "good", "Hello"], vectors=rng.normal(3, 5), label="capital letters")


@cases("model")
def bags(rng: Rng):
    for V, E in ((11, 3), (7, 5), (30, 50)):
        s = script(f"{V} tokens, {E} numbers each", rtol=1e-4)
        table, scale = rng.normal(V, E), E**-0.5
        model = s.new("FixedSumClassify", table)
        s.call(fixture("trainable"), model, label="what is trained", compare=False)
        s.observe(model, "loose", label="what it holds")
        s.call(fixture("load"), model, scale * rng.normal(2, E), rng.normal(2), label="the head", compare=False)
        s.call(model, torch.tensor([2, 2, 5, 2]), label="a token that occurs three times")
        s.call(model, rng.integers(0, V, 9), label="nine tokens")
        sentences = [rng.integers(0, V, int(length)) for length in rng.integers(1, 6, 7).tolist()]
        s.call(fixture("steps"), model, sentences, rng.integers(0, 2, 7).tolist(), 0.05, label="seven steps", compare=False)
        s.call(model, rng.integers(0, V, 9), label="nine tokens, after seven steps")
        yield s


@check("only the head can be trained", part="model")
def frozen(got, ref, inputs):
    if got["what is trained"] == ref["what is trained"]:
        return None
    return Finding(
        "Other parameters than those of `linear` can be trained.", name="not-frozen", expected=str(ref["what is trained"]), got=str(got["what is trained"]),
        hint="A parameter is trained. `nn.Embedding.from_pretrained(table)` freezes its table; `register_buffer` makes none of it.",
    )  # fmt: skip


# --- the table ----------------------------------------------------------------------------------------------------


@alternative(part="table")
def filled_in(tokens, known, vectors):
    table = torch.zeros(len(tokens), vectors.size(1))
    for row, token in enumerate(tokens):
        if token in known:
            table[row] = vectors[known.index(token)]
    return table


@alternative(part="table")
def with_a_row_of_zeros(tokens, known, vectors):
    longer = torch.cat([vectors, torch.zeros(1, vectors.shape[1])])
    places = {token: k for k, token in enumerate(known)}
    return longer[[places.get(token, -1) for token in tokens]]


@alternative(part="table")
def by_comparison(tokens, known, vectors):
    return torch.tensor([[float(ours == theirs) for theirs in known] for ours in tokens]) @ vectors


@alternative(part="table")
def by_rows(tokens, known, vectors):
    rows = dict(zip(known, vectors, strict=True))
    return torch.stack([rows.get(token, torch.zeros_like(vectors[0])) for token in tokens])


edit_alternative("expression", part="table", replace=("vectors[places[token]] if token in places else nothing", "vectors[places.get(token, 0)] * (token in places)"))

edit(
    "their-order",
    "Puts the vectors in their own order.",
    hint="Index k of your vocabulary is not row k of the vectors. Look up where the token stands.",
    part="table",
    replace=("vectors[places[token]] if token in places else nothing for token in tokens", "vectors[row] if row < len(vectors) else nothing for row in range(len(tokens))"),
)
edit(
    "unknown-dropped",
    "Leaves out tokens that are not known.",
    hint="Every token has a row, or all indices behind it are wrong. An unknown one gets zeros.",
    part="table",
    replace=("vectors[places[token]] if token in places else nothing for token in tokens", "vectors[places[token]] for token in tokens if token in places"),
)
edit(
    "unknown-first",
    "Gives an unknown token the first vector.",
    hint="An unknown token gets zeros.",
    part="table",
    replace=("vectors[places[token]] if token in places else nothing", "vectors[places.get(token, 0)]"),
)


@mistake(
    "only-the-known",
    "Has a row for each of the known tokens instead of yours.",
    hint="The table has a row for each token of your vocabulary.",
    part="table",
)
def only_the_known(tokens, known, vectors):
    return torch.stack([vector if token in tokens else 0 * vector for token, vector in zip(known, vectors, strict=True)])


# --- the model ----------------------------------------------------------------------------------------------------


@alternative(part="model")
class WithBuffer(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.register_buffer("table", table)
        self.linear = nn.Linear(table.size(1), 2)

    def forward(self, tokens):
        total = torch.zeros(self.table.size(1))
        for token in tokens.tolist():
            total = total + self.table[token]
        return nn.functional.log_softmax(self.linear(total), dim=-1)


@alternative(part="model")
class WithBag(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.bag, self.linear = nn.EmbeddingBag.from_pretrained(table, mode="sum"), nn.Linear(len(table[0]), 2)

    def forward(self, tokens):
        return torch.log_softmax(self.linear(self.bag(tokens[None])[0]), 0)


@alternative(part="model")
class Switched(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.embedding = nn.Embedding(*table.shape)
        self.embedding.weight.data.copy_(table)
        self.embedding.requires_grad_(False)
        self.linear = nn.Linear(table.shape[1], 2)

    def forward(self, tokens):
        scores = self.linear(self.embedding(tokens).sum(dim=0))
        return scores - scores.logsumexp(0)


edit_alternative("parameter-without-gradient", part="model", replace=[
    ("nn.Embedding.from_pretrained(table, freeze=True)", "nn.Parameter(table.clone(), requires_grad=False)"),
    ("self.embedding(tokens)", "self.embedding[tokens]"),
])  # fmt: skip
edit_alternative("functional", part="model", replace=[
    ("self.embedding = nn.Embedding.from_pretrained(table, freeze=True)", 'self.register_buffer("vectors", table.detach().clone())'),
    ("self.embedding(tokens)", "nn.functional.embedding(tokens, self.vectors)"),
])  # fmt: skip

NOT_FROZEN = "A parameter is trained. `nn.Embedding.from_pretrained(table)` freezes its table; `register_buffer` makes none of it."
edit(
    "not-frozen",
    "Trains the table as well.",
    hint=NOT_FROZEN,
    part="model",
    replace=("freeze=True", "freeze=False"),
)
edit(
    "mean-taken",
    "Takes the mean of the vectors.",
    hint="They are added, as before.",
    part="model",
    replace=(".sum(0)", ".mean(0)"),
)
edit(
    "head-frozen",
    "Has nothing left to train.",
    hint="The head is trained. Only the table is fixed.",
    part="model",
    replace=("nn.Linear(table.shape[1], 2)", "nn.Linear(table.shape[1], 2).requires_grad_(False)"),
)
edit(
    "another-table",
    "Looks up rows of a random table.",
    hint="The vectors that were handed in are never used: `nn.Embedding.from_pretrained(table)`.",
    part="model",
    replace=("nn.Embedding.from_pretrained(table, freeze=True)", "nn.Embedding(*table.shape).requires_grad_(False)"),
    when=lambda got, ref, inputs: list(got["nine tokens"].shape) == [2] and abs(got["nine tokens"].exp().sum().item() - 1) < 1e-3 and not torch.allclose(got["nine tokens"], ref["nine tokens"], atol=1e-3),
)

edit(
    "mean-for-unknown",
    "Gives unknown tokens the mean of the vectors.",
    hint="What is not known gets zeros.",
    part="table",
    replace=("torch.zeros(vectors.shape[1])", "vectors.mean(0)"),
)
edit(
    "lower-case",
    "Looks up tokens in lower case.",
    hint="`Good` is another token than `good`: look up what stands there.",
    part="table",
    replace=("[vectors[places[token]] if token in places", "[vectors[places[token.lower()]] if token.lower() in places"),
)
