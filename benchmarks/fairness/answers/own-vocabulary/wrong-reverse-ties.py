# wrong: sorts tokens with the same count from z to a
# says: same count|order|sorted|revers
# part: list
from collections import Counter

def vocabulary(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in text if token not in specials)
    kept = [token for token in counts if counts[token] >= min_freq]
    return specials + sorted(kept, key=lambda token: (counts[token], token), reverse=True)
