"""A vocabulary in Python: what torchtext's C++ class of this name does, as far as Python sees it."""

from __future__ import annotations

from collections.abc import Iterable


class Vocab:
    """Tokens and their indices, in order. An unknown token has the default index, where there is one."""

    __module__ = "torchtext._torchtext"  # a pickle names the class that the extension would have

    def __init__(self, itos: Iterable[str], default_index: int | None = None) -> None:
        self.itos_: list[str] = []
        self.default_index_ = default_index
        self._stoi: dict[str, int] = {}
        for token in itos:
            self.append_token(token)

    def __len__(self) -> int:
        return len(self.itos_)

    def __contains__(self, token: str) -> bool:
        return token in self._stoi

    def __getitem__(self, token: str) -> int:
        """Raises RuntimeError for an unknown token where there is no default index."""
        index = self._stoi.get(token, self.default_index_)
        if index is None:
            raise RuntimeError(f"Token {token} not found and default index is not set")
        return index

    def _refuse(self, token: str) -> None:
        if token in self._stoi:
            raise RuntimeError(f"Token {token} already exists in the Vocab with index: {self._stoi[token]}")

    def append_token(self, token: str) -> None:
        """Adds a token at the end. Raises RuntimeError for one that is there."""
        self._refuse(token)
        self._stoi[token] = len(self.itos_)
        self.itos_.append(token)

    def insert_token(self, token: str, index: int) -> None:
        """Adds a token at a place; those from there on move up. Raises RuntimeError for a place beyond the end."""
        if not 0 <= index <= len(self.itos_):
            raise RuntimeError(f"Specified index {index} is out of bounds for vocab of size {len(self.itos_)}")
        self._refuse(token)
        self.itos_.insert(index, token)
        self._stoi = {one: place for place, one in enumerate(self.itos_)}

    def set_default_index(self, index: int | None) -> None:
        self.default_index_ = index

    def get_default_index(self) -> int | None:
        return self.default_index_

    def lookup_token(self, index: int) -> str:
        """Raises RuntimeError for an index that no token has."""
        if not 0 <= index < len(self.itos_):
            raise RuntimeError(f"Specified index {index} is out of bounds for vocab of size {len(self.itos_)}")
        return self.itos_[index]

    def lookup_tokens(self, indices: Iterable[int]) -> list[str]:
        return [self.lookup_token(index) for index in indices]

    def lookup_indices(self, tokens: Iterable[str]) -> list[int]:
        return [self[token] for token in tokens]

    def get_stoi(self) -> dict[str, int]:
        return dict(self._stoi)

    def get_itos(self) -> list[str]:
        return list(self.itos_)
