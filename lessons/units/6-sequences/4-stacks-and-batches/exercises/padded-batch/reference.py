"""Packed, so that each sentence ends where it ends."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_sequence

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


class BatchRNNClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.rnn = nn.RNN(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, sentences):
        packed = pack_sequence([self.embedding(tokens) for tokens in sentences], enforce_sorted=False)
        states = self.rnn(packed)[1]
        return self.linear(states.squeeze(0)).log_softmax(1)


@cases("batch")
def batches(rng: Rng):
    for V, E, H, lengths in ((11, 3, 5, (4, 7, 1, 7, 2)), (7, 6, 3, (3, 9, 5)), (9, 5, 1, (6, 2, 4))):
        s = script(f"lengths {', '.join(map(str, lengths))}", rtol=1e-4)
        model = s.new("BatchRNNClassify", V, E, H)
        s.observe(model, "parameters", "loose", label="what it holds")
        s.set(model, {
            "embedding.weight": rng.normal(V, E), "linear.weight": rng.normal(2, H), "linear.bias": rng.normal(2),
            "rnn.weight_ih_l0": rng.normal(H, E, std=0.6), "rnn.weight_hh_l0": rng.normal(H, H, std=0.6),
            "rnn.bias_ih_l0": rng.normal(H, std=0.6), "rnn.bias_hh_l0": rng.normal(H, std=0.6),
        })  # fmt: skip
        sentences = [rng.integers(0, V, length) for length in lengths]
        batch = s.call(model, sentences, label="the batch")
        s.backward(rng.normal(len(lengths), 2), of=batch)
        s.grads(model)
        s.call(model, sentences[:1], label="the first sentence alone")
        s.call(model, sentences[::-1], label="the batch in another order")
        s.call(fixture("calls"), model, sentences, label="how often the layer is called")
        yield s


PARAMETERS = "`nn.Embedding(vocab_size, embed_dim)`, `nn.RNN(embed_dim, hidden_dim)` and `nn.Linear(hidden_dim, 2)`. Padding needs no row of its own: any index will do, or zeros behind the embedding."


def layers(model, vocab_size, embed_dim, hidden_dim, **options):
    model.embedding = nn.Embedding(vocab_size, embed_dim)
    model.rnn = nn.RNN(embed_dim, hidden_dim, **options)
    model.linear = nn.Linear(hidden_dim, 2)


@alternative(part="batch")
class Padded(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        lengths = torch.tensor([len(sentence) for sentence in sentences])
        history, _ = self.rnn(self.embedding(pad_sequence(sentences)))
        last = history[lengths - 1, torch.arange(len(sentences))]
        return torch.log_softmax(self.linear(last), dim=1)


@alternative(part="batch")
class BatchFirst(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim, batch_first=True)

    def forward(self, sentences):
        padded = pad_sequence([self.embedding(sentence) for sentence in sentences], batch_first=True)
        packed = pack_padded_sequence(padded, [len(sentence) for sentence in sentences], batch_first=True, enforce_sorted=False)
        _, last = self.rnn(packed)
        return nn.functional.log_softmax(self.linear(last[-1]), dim=-1)


@alternative(part="batch")
class Sorted(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        order = sorted(range(len(sentences)), key=lambda place: -len(sentences[place]))
        packed = pack_sequence([self.embedding(sentences[place]) for place in order])
        last = self.rnn(packed)[1][0]
        scores = self.linear(last[torch.tensor(order).argsort()])
        return scores - scores.logsumexp(dim=1, keepdim=True)


@alternative(part="batch")
class Masked(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        longest, n = max(map(len, sentences)), len(sentences)
        padded, ends = torch.zeros(longest, n, dtype=torch.long), torch.zeros(longest, n, 1)
        for place, sentence in enumerate(sentences):
            padded[: len(sentence), place] = sentence
            ends[len(sentence) - 1, place] = 1
        history = self.rnn(self.embedding(padded))[0]
        return self.linear((history * ends).sum(dim=0)).log_softmax(dim=1)


edit_alternative("last-layer", part="batch", replace=("states.squeeze(0)", "states[-1]"))

edit(
    "order-lost",
    "Returns the results in the order of the lengths.",
    hint="Sorting for packing must be undone afterwards, or left to `enforce_sorted=False`.",
    part="batch",
    replace=("[self.embedding(tokens) for tokens in sentences], enforce_sorted=False", "[self.embedding(tokens) for tokens in sorted(sentences, key=len, reverse=True)]"),
)
edit(
    "over-the-batch",
    "Normalises over the sentences.",
    hint="The two classes of a sentence add up to 1: along `dim=1`.",
    part="batch",
    replace=("log_softmax(1)", "log_softmax(0)"),
)
edit(
    "cut-short",
    "Cuts all sentences to the length of the shortest.",
    hint="Nothing of a sentence may be lost. Fill up the short ones, or pack.",
    part="batch",
    replace=("[self.embedding(tokens) for tokens in sentences]", "[self.embedding(tokens[: min(map(len, sentences))]) for tokens in sentences]"),
)


@mistake(
    "padding-leaks",
    "Lets the padding leak into the result: the states run on after the end of short sentences.",
    hint="Zeros change a state too, through the biases and the old state. Take the state where the sentence ends, or pack.",
    part="batch",
)
class PaddingLeaks(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        padded = pad_sequence([self.embedding(sentence) for sentence in sentences])
        return self.linear(self.rnn(padded)[0][-1]).log_softmax(1)


@mistake(
    "token-as-padding",
    "Lets the padding leak into the result: short sentences end with tokens 0 that they do not have.",
    hint="Token 0 is a word like any other, and changes the state. Take the state where the sentence ends, or pack.",
    part="batch",
)
class TokenAsPadding(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        return self.linear(self.rnn(self.embedding(pad_sequence(sentences)))[0][-1]).log_softmax(1)


@mistake(
    "padding-in-front",
    "Puts the padding in front of short sentences.",
    hint="Zeros change the state before the first token comes, through the biases.",
    part="batch",
)
class PaddingInFront(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        padded = pad_sequence([self.embedding(sentence).flip(0) for sentence in sentences]).flip(0)
        return self.linear(self.rnn(padded)[0][-1]).log_softmax(1)


@mistake(
    "one-too-far",
    "Takes the state one step after the end of a sentence.",
    hint="A sentence of T tokens ends in row T - 1 of the history.",
    part="batch",
)
class OneTooFar(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        lengths = torch.tensor([len(sentence) for sentence in sentences])
        history, _ = self.rnn(pad_sequence([self.embedding(sentence) for sentence in sentences]))
        rows = lengths.clamp(max=len(history) - 1)
        return self.linear(history[rows, torch.arange(len(sentences))]).log_softmax(1)


@mistake(
    "one-at-a-time",
    "Calls the layer once for each sentence.",
    hint="That is right, and as slow as before. Put all sentences into one tensor, or pack them.",
    part="batch",
)
class OneAtATime(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        layers(self, vocab_size, embed_dim, hidden_dim)

    def forward(self, sentences):
        last = torch.stack([self.rnn(self.embedding(sentence))[0][-1] for sentence in sentences])
        return self.linear(last).log_softmax(1)


edit(
    "row-for-padding",
    "Has another row in its embedding, for the padding.",
    hint=PARAMETERS,
    part="batch",
    replace=("nn.Embedding(vocab_size, embed_dim)", "nn.Embedding(vocab_size + 1, embed_dim)"),
)

edit(
    "mean-of-the-padded",
    "Takes the mean over the padded history.",
    hint="Each sentence ends at another place: its own last state counts.",
    replace=("packed = pack_sequence([self.embedding(tokens) for tokens in sentences], enforce_sorted=False)\n        states = self.rnn(packed)[1]", "states = self.rnn(self.embedding(pad_sequence(sentences)))[0].mean(0, keepdim=True)"),
)
