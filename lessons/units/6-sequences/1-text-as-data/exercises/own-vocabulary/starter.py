"""The tokens of a vocabulary, in order."""


def vocabulary(texts: list[list[str]], min_freq: int, specials: list[str]) -> list[str]:
    """The token of each index."""
    raise NotImplementedError("write vocabulary")
