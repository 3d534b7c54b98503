"""The most probable first word leads to a dead end."""

import math

first = {"the": 0.5, "a": 0.4, "my": 0.1}
second = {"the": {"dog": 0.4, "cat": 0.3, "car": 0.3}, "a": {"dog": 0.9, "cat": 0.1}, "my": {"dog": 1.0}}
best = max(first, key=first.get)
greedy = best, max(second[best], key=second[best].get)
sentences = {(one, two): first[one] * p for one, words in second.items() for two, p in words.items()}
likely = max(sentences, key=sentences.get)
for name, words in (("greedy", greedy), ("most probable", likely)):
    print(f"{name}: {' '.join(words)}, probability {sentences[words]:.2f}, log {math.log(sentences[words]):.2f}")
