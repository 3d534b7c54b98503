"""Tokens as GloVe has them."""


def tokenise(sentence: str) -> list[str]:
    """The tokens of a sentence, in order."""
    raise NotImplementedError("write tokenise")
