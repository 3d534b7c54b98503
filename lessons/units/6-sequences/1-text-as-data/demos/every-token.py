"""A vocabulary of every token, the way back, and a token it does not know."""

from datasets import load_dataset
from torchtext.vocab import build_vocab_from_iterator

sentences = list(load_dataset("glue", "sst2")["train"]["sentence"])
vocabulary = build_vocab_from_iterator(map(str.split, sentences))
print(len(vocabulary), "tokens; the most frequent ones:", *vocabulary.get_itos()[:10])
first, numbers = vocabulary(sentences[1].split()), vocabulary(["one", "two", "three"])
print(first, numbers, vocabulary.lookup_tokens(numbers))
try:
    vocabulary("hello world".split())
except RuntimeError as error:
    message = str(error).splitlines()[0]
    print("RuntimeError:", message)
