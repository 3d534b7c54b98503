"""What the course uses of torchtext, for a Python for which there is none: the same names, less behind them.

`vocab.Vocab`, `vocab.vocab`, `vocab.build_vocab_from_iterator`, `vocab.Vectors`, `vocab.GloVe`,
`data.utils.get_tokenizer` and `data.utils.ngrams_iterator`.
"""

from __future__ import annotations

import re
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.sandbox.packages import vocabulary

if TYPE_CHECKING:
    import torch

VERSION = "0.18.0+dl.tutor"
NOTICE = "There is no torchtext for this Python: a small module of dl-tutor's takes its place."
SPACED = "'.,()!?"
"""Signs that become tokens of their own; others that separate go."""


class Vocab(vocabulary.Vocab):
    """Called with a list of tokens it gives their indices."""

    __module__ = "torchtext.vocab"

    def __call__(self, tokens: Iterable[str]) -> list[int]:
        return self.lookup_indices(tokens)


def vocab(
    ordered_dict: Mapping[str, int],
    min_freq: int = 1,
    specials: Iterable[str] | None = None,
    special_first: bool = True,
) -> Vocab:
    """A vocabulary of the tokens that occur `min_freq` times or more, in the order of the mapping."""
    special = list(specials or ())
    tokens = [token for token, count in ordered_dict.items() if count >= min_freq and token not in special]
    return Vocab([*special, *tokens] if special_first else [*tokens, *special])


def build_vocab_from_iterator(
    iterator: Iterable[Iterable[str]],
    min_freq: int = 1,
    specials: list[str] | None = None,
    special_first: bool = True,
    max_tokens: int | None = None,
) -> Vocab:
    """A vocabulary of what an iterator of token lists yields: the most frequent first, among equals by alphabet."""
    counts: Counter[str] = Counter()
    for tokens in iterator:
        counts.update(tokens)
    special = specials or []
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if max_tokens is not None:
        if len(special) >= max_tokens:
            raise ValueError("len(specials) >= max_tokens, so the vocab will be entirely special tokens.")
        ordered = ordered[: max_tokens - len(special)]
    return vocab(dict(ordered), min_freq, special, special_first)


class Vectors:
    """Word vectors from a text file: a word and its numbers in each line, as GloVe has them.

    `vectors` is (n, dim), float32; a word that is not there is all zeros.
    """

    def __init__(
        self,
        name: str,
        cache: str | None = None,
        unk_init: Callable[[torch.Tensor], torch.Tensor] | None = None,
        max_vectors: int | None = None,
    ) -> None:
        import torch

        path = Path(name) if Path(name).is_file() else Path(cache or ".vector_cache", name)
        self.itos: list[str] = []
        rows: list[list[float]] = []
        with path.open(encoding="utf-8") as file:
            for line in file:
                word, *numbers = line.rstrip().split(" ")
                if len(numbers) > 1 and (max_vectors is None or len(rows) < max_vectors):
                    self.itos.append(word)
                    rows.append([float(number) for number in numbers])
        self.stoi = {word: index for index, word in enumerate(self.itos)}
        self.vectors = torch.tensor(rows)
        self.dim = self.vectors.shape[1]
        self.unk_init = unk_init or torch.zero_

    def __len__(self) -> int:
        return len(self.itos)

    def __contains__(self, token: str) -> bool:
        return token in self.stoi

    def __getitem__(self, token: str) -> torch.Tensor:
        import torch

        return self.vectors[self.stoi[token]] if token in self.stoi else self.unk_init(torch.empty(self.dim))

    def get_vecs_by_tokens(self, tokens: str | list[str], lower_case_backup: bool = False) -> torch.Tensor:
        """The vector of a token, (dim,), or of several, (n, dim)."""
        import torch

        words = [tokens] if isinstance(tokens, str) else tokens
        found = [self[word if word in self or not lower_case_backup else word.lower()] for word in words]
        return found[0] if isinstance(tokens, str) else torch.stack(found)


class GloVe(Vectors):
    """The vectors in glove.NAME.DIMd.txt of the folder `cache`. Nothing is fetched where it is not there."""

    def __init__(self, name: str = "840B", dim: int = 300, **options: Any) -> None:
        super().__init__(f"glove.{name}.{dim}d.txt", **options)


def basic_english(line: str) -> list[str]:
    """Lower case; quotation marks go; some signs are tokens of their own; semicolons, colons and spaces separate."""
    text = re.sub(r"<br />|[;:]", " ", line.lower().replace('"', ""))
    return re.sub(f"([{re.escape(SPACED)}])", r" \1 ", text).split()


def get_tokenizer(
    tokenizer: str | Callable[[str], list[str]] | None, language: str = "en"
) -> Callable[[str], list[str]]:
    """A function from a text to its tokens: None splits at spaces."""
    if tokenizer is None:
        return str.split
    if callable(tokenizer):
        return tokenizer
    if tokenizer != "basic_english" or language != "en":
        raise ValueError(f"{NOTICE} Of its tokenizers there is basic_english for English, and not {tokenizer!r}.")
    return basic_english


def ngrams_iterator(token_list: list[str], ngrams: int) -> Iterator[str]:
    """The tokens, and then all runs of two to `ngrams` of them, joined by spaces."""
    yield from token_list
    for count in range(2, ngrams + 1):
        for start in range(len(token_list) - count + 1):
            yield " ".join(token_list[start : start + count])


def register() -> None:
    """Puts these names where torchtext's would be, and says so on stderr."""
    modules: dict[str, dict[str, Any]] = {
        "torchtext": {"__version__": VERSION, "disable_torchtext_deprecation_warning": lambda: None},
        "torchtext.vocab": {
            "Vocab": Vocab,
            "vocab": vocab,
            "build_vocab_from_iterator": build_vocab_from_iterator,
            "Vectors": Vectors,
            "GloVe": GloVe,
        },
        "torchtext.data": {},
        "torchtext.data.utils": {"get_tokenizer": get_tokenizer, "ngrams_iterator": ngrams_iterator},
    }
    for name, members in modules.items():
        module = types.ModuleType(name, NOTICE)
        module.__path__ = []
        module.__dict__.update(members)
        sys.modules[name] = module
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], last, module)
    sys.modules["torchtext.data"].__dict__.update(modules["torchtext.data.utils"])
    print(NOTICE, file=sys.stderr)
