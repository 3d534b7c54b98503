"""Count, drop, sort."""

from collections import Counter

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def vocabulary(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in text if token not in specials)
    kept = [token for token in counts if counts[token] >= min_freq]
    return specials + sorted(kept, key=lambda token: (-counts[token], token))


@cases("list")
def corpora(rng: Rng):
    fixed = [["b", "a", "c", "a"], ["d", "b", "'s"], ["c", ",", "'s", "a"]]
    yield case(texts=fixed, min_freq=1, specials=[], label="all tokens")
    yield case(texts=fixed, min_freq=2, specials=["<UNK>"], label="two or more, one special token")
    yield case(texts=[["x", "<UNK>", "y"], ["<UNK>", "y", "<UNK>"]], min_freq=2, specials=["<PAD>", "<UNK>"], label="a special token in the texts")
    yield case(texts=[[], ["one"]], min_freq=3, specials=["<UNK>"], label="nothing is left")
    words = ["good", "bad", "not", ",", "'s", "very", "film", "Zoo", "a", "the", "n't"]
    for label, min_freq in (("a corpus", 1), ("a corpus without its rare tokens", 4)):
        texts = [[words[int(place)] for place in (rng.uniform(7) * 11 * rng.uniform(7)).long().tolist()] for _ in range(9)]
        yield case(texts=texts, min_freq=min_freq, specials=["<s>", "<UNK>"], label=label)


@alternative(part="list")
def by_dictionary(texts, min_freq, specials):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    result = list(specials)
    for token in sorted(sorted(counts), key=counts.get, reverse=True):
        if counts[token] >= min_freq and token not in result:
            result.append(token)
    return result


@alternative(part="list")
def by_counting(texts, min_freq, specials):
    everything = sum(texts, [])
    pairs = sorted((-everything.count(token), token) for token in set(everything) - set(specials))
    return [*specials, *(token for count, token in pairs if -count >= min_freq)]


@alternative(part="list")
def most_common(texts, min_freq, specials):
    counts = Counter()
    for text in texts:
        counts.update(sorted(text))
    for token in specials:
        counts.pop(token, None)
    in_order = Counter(dict(sorted(counts.items()))).most_common()
    return specials[:] + [token for token, count in in_order if count >= min_freq]


edit_alternative("filtered", part="list", replace=("[token for token in counts if counts[token] >= min_freq]", "filter(lambda token: counts[token] >= min_freq, counts)"))
edit_alternative("items", part="list", replace=("[token for token in counts if counts[token] >= min_freq]", "{token for token, count in counts.items() if not count < min_freq}"))

edit(
    "by-first-appearance",
    "Leaves tokens with the same count in the order of their first appearance.",
    hint="Among equals the order of `sorted` decides, not who came first.",
    part="list",
    replace=("(-counts[token], token)", "-counts[token]"),
)
edit(
    "more-than",
    "Drops tokens that occur just `min_freq` times.",
    hint="Five times is enough for `min_freq=5`.",
    part="list",
    replace=("counts[token] >= min_freq", "counts[token] > min_freq"),
)
edit(
    "rare-first",
    "Puts the rarest token first.",
    hint="The most frequent token has the smallest index.",
    part="list",
    replace=("-counts[token], token", "counts[token], token"),
)
edit(
    "special-twice",
    "Lists a special token again where it occurs in the texts.",
    hint="A token has one index. What if `<UNK>` occurs in a text?",
    part="list",
    replace=(" if token not in specials", ""),
)


@mistake(
    "specials-counted",
    "Drops special tokens that occur too rarely.",
    hint="Special tokens are there however often they occur.",
    part="list",
)
def specials_counted(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in text)
    kept = sorted((token for token in counts if counts[token] >= min_freq), key=lambda token: (token not in specials, -counts[token], token))
    return kept

edit(
    "lower-case",
    "Makes the tokens lower case.",
    hint="Tokens are counted as they are.",
    replace=("for token in text if token not in specials", "for token in map(str.lower, text) if token not in specials"),
)
edit(
    "texts-counted",
    "Counts in how many texts a token occurs.",
    hint="A token that occurs twice in a text counts twice.",
    replace=("for token in text if token not in specials", "for token in set(text) if token not in specials"),
)
