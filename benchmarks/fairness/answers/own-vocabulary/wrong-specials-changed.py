# wrong: adds to the list of specials that was handed in
# says: in place|argument|changed
# part: list
from collections import Counter

def vocabulary(texts, min_freq, specials):
    counts = Counter(token for text in texts for token in text if token not in specials)
    kept = [token for token in counts if counts[token] >= min_freq]
    specials += sorted(kept, key=lambda token: (-counts[token], token))
    return specials
