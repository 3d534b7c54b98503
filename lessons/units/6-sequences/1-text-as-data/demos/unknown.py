"""A smaller vocabulary, with a place for everything that is not in it."""

import torch
from datasets import load_dataset
from torchtext.vocab import build_vocab_from_iterator

sentences = list(load_dataset("glue", "sst2")["train"]["sentence"])
vocabulary = build_vocab_from_iterator(map(str.split, sentences), min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)
hello = vocabulary("hello world".split())
print(len(vocabulary), "tokens; hello world:", hello, "->", vocabulary.lookup_tokens(hello))

texts = [torch.tensor(vocabulary(sentence.split())) for sentence in sentences]
for text in texts[1:4]:
    print(text)
unknown = sum(int((text == 0).sum()) for text in texts) / sum(len(text) for text in texts)
print(f"{unknown:.1%} of all tokens are <UNK>")
