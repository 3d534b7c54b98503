"""The same for both languages, but for the marks."""

from collections import Counter

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake

SOURCE = ["<UNK>", "<END>"]
TARGET = ["<UNK>", "<END>", "<START>"]


def prepare(records, source, target, min_freq=1):
    first, a = language([record[source].split() for record in records], SOURCE, min_freq)
    second, b = language([record[target].split() for record in records], TARGET, min_freq)
    return first, second, a, b


def language(sentences, specials, min_freq):
    counts = Counter(sum(sentences, []))
    words = [token for token in counts if counts[token] >= min_freq]
    tokens = specials + sorted(words, key=lambda token: (-counts[token], token))
    known = dict(zip(tokens, range(len(tokens)), strict=True))
    start = ["<START>"] if "<START>" in specials else []
    marked = [[*start, *sentence, "<END>"] for sentence in sentences]
    return tokens, [torch.tensor([known.get(token, 0) for token in sentence]) for sentence in marked]


PAIRS = [
    ("he sees a red dog .", "il voit un chien rouge .", "roter hund ."),
    ("she sees the house .", "elle voit la maison .", "haus haus ."),
    ("he has a car and it is red .", "il a une voiture et elle est rouge .", "auto"),
    ("everyone has the dog .", "chacun a le chien .", "der hund hund ."),
    ("she loves a car .", "elle aime une voiture .", "die roter"),
]


@cases("prepare")
def corpora(rng: Rng):
    five = [dict(zip(("en", "fr", "de"), texts, strict=True)) for texts in PAIRS]
    yield case(records=five, source="en", target="fr", label="English to French")
    yield case(records=five, source="de", target="en", min_freq=2, label="German to English, without rare words")
    words = ["wa", "ku", "mo", "ti", "se", "ra", "no", "Zu", "xi"]
    for label, min_freq in (("made-up languages", 1), ("made-up languages, without rare words", 3)):
        made = []
        for _ in range(8):
            texts = [
                [words[int(9 * float(u) * float(v))] for u, v in rng.uniform(n, 2)]
                for n in (1 + int(rng.integers(0, 6, 1)), 5)
            ]
            made.append({"a": " ".join(texts[0]), "b": " ".join(texts[1])})
        yield case(records=made, source="b", target="a", min_freq=min_freq, label=label)


@alternative(part="prepare")
def by_loops(records, source, target, min_freq=1):
    results = []
    for key, specials in ((source, SOURCE), (target, TARGET)):
        counts = {}
        for record in records:
            for token in record[key].split():
                counts[token] = counts.get(token, 0) + 1
        pairs = sorted((-n, token) for token, n in counts.items() if n >= min_freq)
        tokens = [*specials, *(token for _, token in pairs)]
        tensors = []
        for record in records:
            numbers = [tokens.index(token) if token in tokens else 0 for token in record[key].split()]
            if key == target and specials is TARGET:
                numbers.insert(0, 2)
            tensors.append(torch.tensor([*numbers, 1], dtype=torch.int64))
        results.append((tokens, tensors))
    return results[0][0], results[1][0], results[0][1], results[1][1]


@alternative(part="prepare")
def by_a_class(records, source, target, min_freq=1):
    class Side:
        def __init__(self, key, specials):
            self.texts = [one[key].split() for one in records]
            self.counts = Counter()
            for text in self.texts:
                self.counts.update(sorted(text))
            found = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))
            self.tokens = list(specials) + [token for token, n in found if n >= min_freq]

        def encode(self, tokens):
            return torch.LongTensor([self.tokens.index(one) if one in self.tokens else 0 for one in tokens])

    one, two = Side(source, SOURCE), Side(target, TARGET)
    return (
        one.tokens,
        two.tokens,
        [one.encode([*text, "<END>"]) for text in one.texts],
        [two.encode(["<START>", *text, "<END>"]) for text in two.texts],
    )


edit_alternative(
    "items",
    part="prepare",
    of=language,
    replace=(
        "[token for token in counts if counts[token] >= min_freq]",
        "{token for token, n in counts.items() if n >= min_freq}",
    ),
)
edit_alternative(
    "enumerated",
    part="prepare",
    of=language,
    replace=(
        "dict(zip(tokens, range(len(tokens)), strict=True))",
        "{token: place for place, token in enumerate(tokens)}",
    ),
)
edit_alternative(
    "int-sixty-four",
    part="prepare",
    of=language,
    replace=("for token in sentence]) for sentence", "for token in sentence], dtype=torch.int64) for sentence"),
)

edit(
    "no-end",
    "Leaves out the mark at the end.",
    hint="Every sentence of both languages ends with `<END>`.",
    part="prepare",
    of=language,
    replace=('*sentence, "<END>"]', "*sentence]"),
)
edit(
    "start-everywhere",
    "Puts `<START>` in front of the source sentences too.",
    hint="The encoder needs no signal to start; its vocabulary has no `<START>`.",
    part="prepare",
    of=language,
    replace=('["<START>"] if "<START>" in specials else []', '["<START>"]'),
)
edit(
    "no-start",
    "Leaves out the mark in front of the target sentences.",
    hint="A target tensor begins with the index of `<START>`.",
    part="prepare",
    of=language,
    replace=('["<START>"] if "<START>" in specials else []', "[]"),
)
edit(
    "first-appearance",
    "Leaves words with the same count in the order of their first appearance.",
    hint="Among equals the order of `sorted` decides.",
    part="prepare",
    of=language,
    replace=("(-counts[token], token)", "-counts[token]"),
)
edit(
    "unknown-is-end",
    "Gives unknown words the index of `<END>`.",
    hint="The index of `<UNK>` is 0.",
    part="prepare",
    of=language,
    replace=("known.get(token, 0)", "known.get(token, 1)"),
)


@mistake(
    "one-vocabulary",
    "Builds one vocabulary for both languages.",
    hint="Each language has its own, counted in its own sentences.",
    part="prepare",
)
def one_vocabulary(records, source, target, min_freq=1):
    both = [record[key].split() for record in records for key in (source, target)]
    tokens, _ = language(both, TARGET, min_freq)
    known = {token: place for place, token in enumerate(tokens)}
    a = [torch.tensor([known.get(t, 0) for t in [*record[source].split(), "<END>"]]) for record in records]
    b = [torch.tensor([known.get(t, 0) for t in ["<START>", *record[target].split(), "<END>"]]) for record in records]
    return tokens, tokens, a, b


@mistake(
    "marks-counted",
    "Counts the marks as words, so their places depend on how often they occur.",
    hint="Special tokens stand at the head of the list, in the order that is given.",
    part="prepare",
)
def marks_counted(records, source, target, min_freq=1):
    results = []
    for key, start in ((source, []), (target, ["<START>"])):
        marked = [[*start, *record[key].split(), "<END>"] for record in records]
        tokens, _ = language(marked, ["<UNK>"], min_freq)
        results.append((tokens, [torch.tensor([tokens.index(t) if t in tokens else 0 for t in one]) for one in marked]))
    return results[0][0], results[1][0], results[0][1], results[1][1]

edit(
    "another-order",
    "Returns the four in another order.",
    hint="Both vocabularies first, then the sentences of both languages.",
    replace=("return first, second, a, b", "return first, a, second, b"),
)
