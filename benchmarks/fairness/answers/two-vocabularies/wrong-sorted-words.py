# wrong: sorts the words by the alphabet alone
# says: frequent|order|count|key=
# part: prepare
from collections import Counter
import torch
SOURCE = ["<UNK>", "<END>"]
TARGET = ["<UNK>", "<END>", "<START>"]

def prepare(records, source, target, min_freq=1):
    first, a = language([record[source].split() for record in records], SOURCE, min_freq)
    second, b = language([record[target].split() for record in records], TARGET, min_freq)
    return first, second, a, b


def language(sentences, specials, min_freq):
    counts = Counter(sum(sentences, []))
    words = [token for token in counts if counts[token] >= min_freq]
    tokens = specials + sorted(words, key=lambda token: token)
    known = dict(zip(tokens, range(len(tokens)), strict=True))
    start = ["<START>"] if "<START>" in specials else []
    marked = [[*start, *sentence, "<END>"] for sentence in sentences]
    return tokens, [torch.tensor([known.get(token, 0) for token in sentence]) for sentence in marked]
