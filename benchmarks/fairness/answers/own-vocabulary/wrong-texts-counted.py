# wrong: counts in how many texts a token occurs
# says: count|texts|often|once
# part: list
from collections import Counter

def vocabulary(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in set(text) if token not in specials)
    kept = [token for token in counts if counts[token] >= min_freq]
    return specials + sorted(kept, key=lambda token: (-counts[token], token))
