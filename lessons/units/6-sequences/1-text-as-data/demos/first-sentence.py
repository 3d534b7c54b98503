"""A sentence of the data set, its label, and its tokens."""

from datasets import load_dataset

data = load_dataset("glue", "sst2")
sentences, labels = list(data["train"]["sentence"]), list(data["train"]["label"])
print({split: len(data[split]) for split in ("train", "validation")})
print(repr(sentences[1]), labels[1])

tokens = sentences[1].split()
print(type(sentences[1]).__name__, "becomes", type(tokens).__name__, tokens)
lengths = [len(sentence.split()) for sentence in sentences]
print(f"from {min(lengths)} to {max(lengths)} tokens; {sum(labels) / len(labels):.1%} positive")
