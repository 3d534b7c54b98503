import torch

from grader.spec import Finding, Rng, alternative, cases, check, fixture, mistake, script

WORDS = {"one": "un", "two": "deux", "red": "rouge", "blue": "bleu", "cat": "chat", "dog": "chien"}


def predict(cell, start, end, context, limit):
    token, state, tokens = start, context, []
    while len(tokens) < limit:
        scores, state = cell(token, state)
        token = int(scores.argmax())
        tokens.append(token)
        if token == end:
            break
    return tokens


@cases("predict")
def decoders(rng: Rng):
    for label, bias in (("random", 0.0), ("END at once", 1e3), ("END never", -1e3)):
        s = script(f"{label}: {bias:g}")
        cell = s.spy(fixture("cell"), rng.integers(0, 10**6), bias)
        context = rng.normal(6)
        s.call("predict", cell, 2, 1, context, 20)
        s.call("predict", cell, 2, 1, context, 20, label="the same again")
        s.call("predict", cell, 2, 1, rng.normal(6), 5)
        yield s


@mistake("never-stops", "Does not stop at END.", part="predict", hint="What ends a sentence?")
def never_stops(cell, start, end, context, limit):
    return predict(cell, start, -1, context, limit)


@mistake("cap-off-by-one", "Gives one token too many.", part="predict", hint="How many tokens are M tokens?")
def off_by_one(cell, start, end, context, limit):
    return predict(cell, start, end, context, limit + 1)


@mistake("start-returned", "Returns START too.", part="predict", hint="START is an input, no prediction.")
def start_returned(cell, start, end, context, limit):
    return [start, *predict(cell, start, end, context, limit)]


@alternative(part="predict")
def with_for(cell, start, end, context, limit):
    tokens = []
    for _ in range(limit):
        scores, context = cell(start, context)
        start = scores.max(0).indices.item()
        tokens += [start]
        if start == end:
            return tokens
    return tokens


def pairs(rng, count):
    def drawn():
        words = [rng.choice(list(WORDS)) for _ in range(rng.integers(1, 4))]
        return " ".join(words), " ".join(WORDS[word] for word in words)

    return [drawn() for _ in range(count)]


@cases("train")
def held_out(rng: Rng):
    s = script("training and held-out sentences")
    model = s.call("train", pairs(rng, 60), label="trained", compare=False)
    fresh = pairs(rng, 12)
    s.ask(model, [source for source, _ in fresh], label="translations")
    s.truth = [target for _, target in fresh]
    yield s


@check("translates held-out sentences", part="train")
def translates(got, ref, inputs):
    mine, right = got["translations"], inputs["truth"]
    if not isinstance(mine, list) or len(mine) != len(right):
        return Finding("One translation for each sentence is expected.", name="count")
    share = sum(a == b for a, b in zip(mine, right, strict=True)) / len(right)
    if share < 0.75:
        return Finding(f"{share:.0%} of the held-out sentences are translated as in the data set.", name="too-few")


def train(data):
    """Word by word: an embedding of each source word into scores over target words."""
    source = sorted({word for one, _ in data for word in one.split()})
    target = sorted({word for _, two in data for word in two.split()})
    weights = torch.zeros(len(source), len(target), requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=0.1)
    index = [
        (source.index(a), target.index(b)) for one, two in data for a, b in zip(one.split(), two.split(), strict=True)
    ]
    x, y = torch.tensor(index).T
    for _ in range(40):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(weights[x], y).backward()
        optimiser.step()
    return lambda sentences: [
        " ".join(target[int(weights[source.index(word)].argmax())] for word in one.split()) for one in sentences
    ]


@alternative(part="train")
def by_counting(data):
    table = {}
    for one, two in data:
        table.update(zip(one.split(), two.split(), strict=True))
    return lambda sentences: [" ".join(table[word] for word in one.split()) for one in sentences]


@mistake(
    "training-data-only",
    "Knows the training sentences only.",
    part="train",
    hint="What of a new sentence?",
    when=lambda got, ref, inputs: "" in got["translations"],
)
def memorises(data):
    table = dict(data)
    return lambda sentences: [table.get(one, "") if len(one.split()) < 2 else "" for one in sentences]


@mistake(
    "always-end",
    "Always ends at once.",
    part="train",
    hint="Does END come first?",
    when=lambda got, ref, inputs: set(got["translations"]) == {"<END>"},
)
def always_end(data):
    return lambda sentences: ["<END>" for _ in sentences]
