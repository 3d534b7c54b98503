"""How often each token occurs, and how many tokens a sentence has."""

from collections import Counter

import matplotlib.pyplot as plt
from datasets import load_dataset

sentences = [text.split() for text in load_dataset("glue", "sst2")["train"]["sentence"]]
counts = sorted(Counter(token for tokens in sentences for token in tokens).values(), reverse=True)
figure, (left, right) = plt.subplots(1, 2)
left.loglog(range(1, len(counts) + 1), counts)
left.set_xlabel("rank")
left.set_ylabel("count")
right.hist([len(tokens) for tokens in sentences], bins=range(1, 41))
right.set_xlabel("tokens in a sentence")
plt.show()
rare = [count for count in counts if count < 5]
share, words = len(rare) / len(counts), sum(rare) / sum(counts)
print(f"{share:.0%} of the tokens occur fewer than five times; they make up {words:.1%} of the text")
