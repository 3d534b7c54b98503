"""A bag of embeddings; an epoch of it; and one that has learned."""

import torch
from torch import nn
from torch.nn.functional import nll_loss

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


class EmbedSumClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.linear = nn.Linear(embed_dim, 2)

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        return self.linear(vectors.sum(0)).log_softmax(0)


def train_epoch(model, sentences, labels, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    costs = []
    for sentence, label in zip(sentences, labels, strict=True):
        cost = nll_loss(model(sentence), torch.tensor(label))
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return sum(costs) / len(costs)


def learn(sentences, labels, vocab_size, embed_dim):
    model = EmbedSumClassify(vocab_size, embed_dim)
    nn.init.normal_(model.embedding.weight, std=0.1)
    for _ in range(6):
        train_epoch(model, sentences, labels, 0.1)
    return model


# --- cases --------------------------------------------------------------------------------------------------------

PARAMETERS = "An `nn.Embedding(vocab_size, embed_dim)` and an `nn.Linear(embed_dim, 2)`, as the attributes `embedding` and `linear`, and nothing else that is trained."


@cases("model")
def sentences_of_a_model(rng: Rng):
    for V, E in ((11, 3), (7, 5), (9, 1)):
        s = script(f"{V} tokens, {E} {'dimension' if E == 1 else 'dimensions'}")
        model = s.new("EmbedSumClassify", V, E)
        s.observe(model, "parameters", "loose", label="what it holds")
        s.set(model, {"embedding.weight": rng.normal(V, E), "linear.weight": rng.normal(2, E), "linear.bias": rng.normal(2)})
        s.call(model, rng.integers(0, V, 1), label="one token")
        s.call(model, torch.tensor([2, 2, 5, 2]), label="a token that occurs three times")
        s.call(model, torch.tensor([5, 2, 2, 2]), label="the same in another order")
        long = s.call(model, rng.integers(0, V, 14), label="fourteen tokens")
        s.backward(rng.normal(2), of=long)
        s.grads(model)
        yield s


def drawn(rng: Rng, V, n):
    return [rng.integers(0, V, int(length)) for length in rng.integers(1, 8, n).tolist()]


@cases("epoch")
def epochs(rng: Rng):
    for n, lr in ((7, 0.5), (13, 0.2), (1, 1.0)):
        s = script(f"{n} sentences, rate {lr}" if n > 1 else "one sentence", rtol=1e-6)
        model = s.spy(fixture("given"), rng.normal(9, 2, dtype=torch.float64))
        sentences, labels = drawn(rng, 9, n), rng.integers(0, 2, n).tolist()
        for number in (1, 2):
            s.call("train_epoch", model, sentences, labels, lr, label=f"mean cost of epoch {number}")
        s.state_dict(model)
        yield s


def labelled(rng: Rng, values, n):
    sentences, labels = [], []
    while len(labels) < n:
        sentence = rng.integers(0, len(values), int(rng.integers(3, 10)))
        total = values[sentence].sum().item()
        if total:
            sentences.append(sentence)
            labels.append(int(total > 0))
    return sentences, labels


@cases("learn")
def trained(rng: Rng):
    for E in (1, 10):
        values = torch.tensor([1.0, -1.0, 0.0]).repeat(10)[rng.permutation(30)]
        held_out, truth = labelled(rng, values, 300)
        s = script(f"{E} {'dimension' if E == 1 else 'dimensions'}", truth=truth, weight=0)
        model = s.call("learn", *labelled(rng, values, 300), 30, E, label="training", compare=False)
        s.call(fixture("answers"), model, held_out, label="held-out", compare=False)
        yield s


@check("is right on 85 % of sentences that it has not seen", part="learn")
def right(got, ref, inputs):
    logs, truth = got["held-out"], torch.tensor(inputs["truth"])
    if not isinstance(logs, torch.Tensor) or tuple(logs.shape) != (len(truth), 2):
        return Finding("The model does not give two numbers for a sentence.", name="not-two")
    share = (logs.argmax(1) == truth).float().mean().item()
    if share >= 0.85:
        return None
    return Finding("Too many sentences are wrong.", name="too-many-wrong", expected="at least 85 % right", got=f"{share:.0%}")


# --- the model ----------------------------------------------------------------------------------------------------


@alternative(part="model")
class InALoop(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding, self.linear = nn.Embedding(vocab_size, embed_dim), nn.Linear(embed_dim, 2)
        self.last = nn.LogSoftmax(dim=0)

    def forward(self, tokens):
        total = 0
        for token in tokens:
            total = total + self.embedding(token)
        return self.last(self.linear(total))


@alternative(part="model")
class WithRows(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.linear = nn.Linear(in_features=embed_dim, out_features=2)

    def forward(self, tokens):
        scores = self.linear(torch.sum(self.embedding.weight[tokens], dim=0))
        return scores - torch.logsumexp(scores, dim=-1)


edit_alternative("einsum", part="model", replace=("vectors.sum(0)", 'torch.einsum("te->e", vectors)'))
edit_alternative("counts", part="model", replace=[
    ("self.embedding(tokens)", "torch.bincount(tokens, minlength=self.embedding.num_embeddings).float()"),
    ("vectors.sum(0)", "vectors @ self.embedding.weight"),
])  # fmt: skip
edit_alternative("log-of-softmax", part="model", replace=(".log_softmax(0)", ".softmax(-1).log()"))

edit(
    "mean-taken",
    "Takes the mean of the embeddings.",
    hint="That is another network: in a mean a long sentence weighs no more than a short one. Here they are added.",
    part="model",
    replace=("vectors.sum(0)", "vectors.mean(0)"),
)
edit(
    "over-dimensions",
    "Adds up along the embedding, not along the sentence.",
    hint="Which dimension must disappear? The rows are the tokens.",
    part="model",
    replace=("vectors.sum(0)", "vectors.sum(1)"),
)
edit(
    "probabilities",
    "Returns probabilities.",
    hint="The cost needs their logarithms: LogSoftmax.",
    part="model",
    replace=(".log_softmax(0)", ".softmax(0)"),
)
edit(
    "scores",
    "Returns the scores of the linear layer.",
    hint="The exponentials of the results must add up to 1: LogSoftmax.",
    part="model",
    replace=(".log_softmax(0)", ""),
)
edit(
    "as-a-set",
    "Counts each token once.",
    hint="`very very good` is not `very good`: a token that occurs twice is added twice.",
    part="model",
    replace=("self.embedding(tokens)", "self.embedding(tokens.unique())"),
)
edit(
    "last-token",
    "Looks at the last token only.",
    hint="All rows are added up.",
    part="model",
    replace=("vectors.sum(0)", "vectors[-1]"),
)
edit(
    "zeros-along-a-batch",
    "Normalises each score by itself: the logarithm of 1 is 0.",
    hint="`dim` names a dimension of size 1 here. Which one has the two classes?",
    part="model",
    replace=("self.linear(vectors.sum(0)).log_softmax(0)", "self.linear(vectors.sum(0, keepdim=True)).log_softmax(0)[0]"),
)
edit(
    "no-bias",
    "Has a linear layer without a bias.",
    hint=PARAMETERS,
    part="model",
    replace=("nn.Linear(embed_dim, 2)", "nn.Linear(embed_dim, 2, bias=False)"),
)

# --- an epoch -----------------------------------------------------------------------------------------------------


@alternative(part="epoch")
def by_hand(model, sentences, labels, lr):
    total = 0.0
    for i in range(len(sentences)):
        cost = -model(sentences[i])[labels[i]]
        gradients = torch.autograd.grad(cost, list(model.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(model.parameters(), gradients, strict=True):
                parameter -= lr * gradient
        total += float(cost)
    return total / len(sentences)


@alternative(part="epoch")
def cleared_afterwards(model, sentences, labels, lr):
    model.zero_grad()
    found = torch.zeros(len(labels), dtype=torch.float64)
    for k, (sentence, label) in enumerate(zip(sentences, labels, strict=True)):
        cost = nn.NLLLoss()(model(sentence), torch.tensor(label))
        cost.backward()
        for parameter in model.parameters():
            parameter.data.add_(parameter.grad, alpha=-lr)
            parameter.grad = None
        found[k] = cost.detach()
    return found.mean().item()


edit_alternative("cross-entropy", part="epoch", replace=("nll_loss(model(sentence), torch.tensor(label))", "nn.functional.cross_entropy(model(sentence), torch.tensor(label))"))
edit_alternative("as-a-batch-of-one", part="epoch", replace=("nll_loss(model(sentence), torch.tensor(label))", "nll_loss(model(sentence)[None], torch.tensor([label]))"))
edit_alternative("one-hot", part="epoch", replace=("nll_loss(model(sentence), torch.tensor(label))", "-(nn.functional.one_hot(torch.tensor(label), 2) * model(sentence)).sum()"))

edit(
    "not-cleared",
    "Never clears the gradients.",
    hint="`backward()` adds to what is there: each step uses the gradients of all sentences before it.",
    part="epoch",
    replace=("        optimizer.zero_grad()\n", ""),
)
edit(
    "sum-returned",
    "Returns the sum of the costs.",
    hint="The mean over the sentences is wanted.",
    part="epoch",
    replace=("sum(costs) / len(costs)", "sum(costs)"),
)
edit(
    "last-cost",
    "Returns the cost of the last sentence.",
    hint="The mean over all sentences is wanted.",
    part="epoch",
    replace=("sum(costs) / len(costs)", "costs[-1]"),
)


@mistake(
    "one-step",
    "Takes one step for all sentences together.",
    hint="Each sentence makes a step of its own: the step belongs inside the loop.",
    part="epoch",
)
def one_step(model, sentences, labels, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    optimizer.zero_grad()
    cost = sum(nll_loss(model(sentence), torch.tensor(label)) for sentence, label in zip(sentences, labels, strict=True)) / len(labels)
    cost.backward()
    optimizer.step()
    return cost.item()


@mistake(
    "after-the-step",
    "Takes the cost after the step.",
    hint="The cost of a sentence is noted before the step that it makes: it is the one you have differentiated.",
    part="epoch",
)
def after_the_step(model, sentences, labels, lr):
    optimizer, costs = torch.optim.SGD(model.parameters(), lr=lr), []
    for sentence, label in zip(sentences, labels, strict=True):
        optimizer.zero_grad()
        nll_loss(model(sentence), torch.tensor(label)).backward()
        optimizer.step()
        costs.append(nll_loss(model(sentence), torch.tensor(label)).item())
    return sum(costs) / len(costs)


@mistake(
    "costs-of-probabilities",
    "Applies the cross entropy to probabilities.",
    hint="The model returns logarithms. The cost is minus one of them.",
    part="epoch",
)
def costs_of_probabilities(model, sentences, labels, lr):
    optimizer, costs = torch.optim.SGD(model.parameters(), lr=lr), []
    for sentence, label in zip(sentences, labels, strict=True):
        optimizer.zero_grad()
        costs.append(nn.functional.cross_entropy(model(sentence).exp(), torch.tensor(label)))
        costs[-1].backward()
        optimizer.step()
    return sum(cost.item() for cost in costs) / len(costs)


# --- trained ------------------------------------------------------------------------------------------------------


@alternative(part="learn")
def with_adam(sentences, labels, vocab_size, embed_dim):
    model = EmbedSumClassify(vocab_size, embed_dim)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(60):
        optimizer.zero_grad()
        logs = torch.stack([model(sentence) for sentence in sentences])
        nll_loss(logs, torch.tensor(labels)).backward()
        optimizer.step()
    return model


edit_alternative("more-epochs", part="learn", replace=("range(6)", "range(12)"))
edit_alternative("shuffled", part="learn", replace=(
    "        train_epoch(model, sentences, labels, 0.1)\n",
    "        order = torch.randperm(len(labels)).tolist()\n        train_epoch(model, [sentences[k] for k in order], [labels[k] for k in order], 0.1)\n",
))  # fmt: skip
edit_alternative("uniform", part="learn", replace=("nn.init.normal_(model.embedding.weight, std=0.1)", "nn.init.uniform_(model.embedding.weight, -0.2, 0.2)"))
edit_alternative("smaller-rate", part="learn", replace=[("labels, 0.1)", "labels, 0.05)"), ("range(6)", "range(12)")])


def share_right(got, inputs):
    return (got["held-out"].argmax(1) == torch.tensor(inputs["truth"])).float().mean().item()


@mistake(
    "uphill",
    "Gets nearly everything wrong: it has learned the opposite.",
    hint="The cost must fall, and class 1 has the second of the two logarithms. Where has a sign or a label been turned round?",
    part="learn",
    when=lambda got, ref, inputs: share_right(got, inputs) < 0.3,
)
def uphill(sentences, labels, vocab_size, embed_dim):
    return learn(sentences, [1 - label for label in labels], vocab_size, embed_dim)


@mistake(
    "not-learned",
    "Has not learned which tokens are good and which are bad.",
    hint="Print the mean cost of each epoch. It begins near 0.7 and must go well below. If it hardly moves, raise the rate or shrink the first embeddings.",
    part="learn",
    when=lambda got, ref, inputs: True,
)
def not_learned(sentences, labels, vocab_size, embed_dim):
    return EmbedSumClassify(vocab_size, embed_dim)

edit(
    "classes-exchanged",
    "Exchanges the two classes.",
    hint="Label 1 belongs to the second logarithm.",
    part="epoch",
    replace=("torch.tensor(label)", "torch.tensor(1 - label)"),
)
edit(
    "with-momentum",
    "Adds momentum.",
    hint="Plain gradient descent: the gradient of one sentence, times `lr`.",
    part="epoch",
    replace=("lr=lr)", "lr=lr, momentum=0.9)"),
)
edit(
    "another-order",
    "Goes through the sentences in another order.",
    hint="One step for each sentence, in the order given.",
    part="epoch",
    replace=("zip(sentences, labels, strict=True)", "reversed(list(zip(sentences, labels, strict=True)))"),
)
