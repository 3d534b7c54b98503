"""Records of a set of translations."""

from datasets import load_dataset

records = load_dataset("opus_books", "en-fr")["train"]["translation"]
print(len(records), "records, all for training. One of them:")
print(records[10])
lengths = [len(records[10][language].split()) for language in ("en", "fr")]
print("tokens:", lengths)
