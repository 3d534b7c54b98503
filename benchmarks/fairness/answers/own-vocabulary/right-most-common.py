# right
# part: list
from collections import Counter

def vocabulary(texts, min_freq, specials):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    rest = sorted(set(counts) - set(specials))
    rest.sort(key=counts.get, reverse=True)
    return list(specials) + [token for token in rest if counts[token] >= min_freq]
