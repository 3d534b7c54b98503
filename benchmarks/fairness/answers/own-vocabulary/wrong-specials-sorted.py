# wrong: sorts the special tokens
# says: special|order
# part: list
from collections import Counter

def vocabulary(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in text if token not in specials)
    kept = [token for token in counts if counts[token] >= min_freq]
    return sorted(specials) + sorted(kept, key=lambda token: (-counts[token], token))
