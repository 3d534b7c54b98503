"""A sentence becomes a matrix: a row for each token."""

import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import build_vocab_from_iterator

sentences = list(load_dataset("glue", "sst2")["train"]["sentence"])
vocabulary = build_vocab_from_iterator(map(str.split, sentences), min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)

torch.manual_seed(0)
extractor = nn.Embedding(len(vocabulary), 2)
for number in (1, 2):
    index = torch.tensor(vocabulary(sentences[number].split()))
    features = extractor(index)
    print(index.tolist(), "become features of size", tuple(features.shape))
print(features)
