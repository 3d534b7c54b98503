"""Both languages as numbers, with their marks."""

import torch
from datasets import load_dataset
from torchtext.vocab import build_vocab_from_iterator

records = list(load_dataset("opus_books", "en-fr")["train"]["translation"])
english, french = ([record[language].split() for record in records] for language in ("en", "fr"))
en = build_vocab_from_iterator(english, specials=["<UNK>", "<END>"])
fr = build_vocab_from_iterator(french, specials=["<UNK>", "<END>", "<START>"])
for vocabulary in (en, fr):
    vocabulary.set_default_index(vocabulary["<UNK>"])
    print(len(vocabulary), "tokens:", *vocabulary.get_itos()[:7])
source = torch.tensor(en([*english[10], "<END>"]))
target = torch.tensor(fr(["<START>", *french[10], "<END>"]))
print(*english[10], source.tolist())
print(*french[10], target.tolist())
