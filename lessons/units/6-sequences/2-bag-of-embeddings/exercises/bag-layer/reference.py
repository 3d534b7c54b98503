"""EmbeddingBag in the place of embedding and sum, for one sentence."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, script


class EmbeddingBagClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, mode="sum")
        self.linear = nn.Linear(embed_dim, 2)

    def forward(self, tokens):
        added = self.embedding(tokens.unsqueeze(0)).squeeze(0)
        return self.linear(added).log_softmax(0)


@cases("layer")
def bags(rng: Rng):
    for V, E in ((11, 3), (7, 5), (9, 1)):
        s = script(f"{V} tokens, {E} {'dimension' if E == 1 else 'dimensions'}")
        model = s.new("EmbeddingBagClassify", V, E)
        s.observe(model, "parameters", "loose", label="what it holds")
        s.set(model, {"embedding.weight": rng.normal(V, E), "linear.weight": rng.normal(2, E), "linear.bias": rng.normal(2)})
        s.call(model, rng.integers(0, V, 1), label="one token")
        s.call(model, torch.tensor([2, 2, 5, 2]), label="a token that occurs three times")
        long = s.call(model, rng.integers(0, V, 14), label="fourteen tokens")
        s.backward(rng.normal(2), of=long)
        s.grads(model)
        yield s


@alternative(part="layer")
class WithOffsets(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding, self.linear = nn.EmbeddingBag(vocab_size, embed_dim, mode="sum"), nn.Linear(embed_dim, 2)

    def forward(self, tokens):
        added = self.embedding(tokens, torch.tensor([0]))
        return torch.log_softmax(self.linear(added), dim=1)[0]


edit_alternative("functional", part="layer", replace=("self.embedding(tokens.unsqueeze(0)).squeeze(0)", 'nn.functional.embedding_bag(tokens[None], self.embedding.weight, mode="sum")[0]'))
edit_alternative("indexed", part="layer", replace=("self.embedding(tokens.unsqueeze(0)).squeeze(0)", "self.embedding(tokens[None, :])[0]"))
edit_alternative("reshaped", part="layer", replace=("self.embedding(tokens.unsqueeze(0)).squeeze(0)", "self.embedding(tokens.reshape(1, -1)).reshape(-1)"))
edit_alternative("row-to-the-end", part="layer", replace=[(".squeeze(0)", ""), ("self.linear(added).log_softmax(0)", "self.linear(added).log_softmax(1).squeeze(0)")])

edit(
    "default-mode",
    "Takes the mean of the embeddings.",
    hint='That is the default of the layer. `mode="sum"` adds.',
    part="layer",
    replace=(', mode="sum"', ""),
)
edit(
    "largest",
    "Takes the largest entry in each dimension.",
    hint='`mode="sum"` adds.',
    part="layer",
    replace=('mode="sum"', 'mode="max"'),
)
edit(
    "batch-of-tokens",
    "Makes a batch of sentences with one token each.",
    hint="The new dimension comes first: one row, in which all the tokens stand.",
    part="layer",
    replace=("self.embedding(tokens.unsqueeze(0)).squeeze(0)", "self.embedding(tokens.unsqueeze(1))[0]"),
)
edit(
    "zeros",
    "Normalises each score by itself: the logarithm of 1 is 0.",
    hint="The scores are still a batch of one row, and `dim=0` is the batch. Remove the dummy dimension first.",
    part="layer",
    replace=("self.embedding(tokens.unsqueeze(0)).squeeze(0)", "self.embedding(tokens.unsqueeze(0))"),
)
edit(
    "row-kept",
    "Returns a batch of one row.",
    hint="One sentence gets two numbers: take the dummy dimension away.",
    part="layer",
    replace=[(".squeeze(0)", ""), ("log_softmax(0)", "log_softmax(1)")],
)
edit(
    "squeezed-too-much",
    "Squeezes every dimension of size 1.",
    hint="With `embed_dim` 1 there are two of them. `squeeze(0)` removes the batch and no other.",
    part="layer",
    replace=(".squeeze(0)", ".squeeze()"),
)
edit(
    "no-batch",
    "Gives the layer a single dimension.",
    hint="The layer wants a batch: `unsqueeze(0)` makes a batch of one sentence.",
    part="layer",
    replace=("tokens.unsqueeze(0)", "tokens"),
)

edit(
    "activated",
    "Applies a ReLU to the sum.",
    hint="The sum of the embeddings goes into the linear layer as it is.",
    replace=("self.linear(added)", "self.linear(added.relu())"),
)
edit(
    "each-token-once",
    "Counts every token once.",
    hint="A token that occurs twice is added twice.",
    replace=("self.embedding(tokens.unsqueeze(0))", "self.embedding(tokens.unique().unsqueeze(0))"),
)
