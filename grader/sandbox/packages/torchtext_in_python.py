"""torchtext ended with 0.18, whose C++ part was built for an older torch: beside today's it does not load.

Where it really does not, a class of ours takes the place of its vocabulary, so that everything of torchtext that is
Python works; what needs the C++ part says so when it is used. Where there is no torchtext for this Python at all,
`small_torchtext` takes its place. torchtext also switches the checking of certificates off for the whole process when
it looks for word vectors; that is undone.
"""

from __future__ import annotations

import importlib.machinery
import sys
import types
import warnings
from pathlib import Path
from typing import Any

from grader.sandbox.packages.hook import after_import, at_import
from grader.sandbox.packages.vocabulary import Vocab

CLASSES = ("RegexTokenizer", "SentencePiece", "GPT2BPEEncoder", "CLIPEncoder", "BERTEncoder", "Vectors")
FUNCTIONS = (
    "_build_vocab_from_text_file",
    "_build_vocab_from_text_file_using_python_tokenizer",
    "_load_token_and_vectors_from_file",
    "_load_vocab_from_file",
)


def install() -> None:
    """Makes `import torchtext` work from now on."""
    at_import("torchtext", mend)
    after_import("torchtext.vocab.vectors", keep_checking)


def installed() -> bool:
    """Whether there is a torchtext."""
    return importlib.machinery.PathFinder.find_spec("torchtext") is not None


def mend() -> str:
    """`native` where the extension loads, `python` where ours takes its place, `small` where there is no torchtext."""
    warnings.filterwarnings("ignore", message=r"\s*/!\\ IMPORTANT WARNING ABOUT TORCHTEXT")
    spec = importlib.machinery.PathFinder.find_spec("torchtext")
    if spec is None or not spec.submodule_search_locations:
        from grader.sandbox.packages import small_torchtext

        small_torchtext.register()
        return "small"
    import torch

    folder = Path(spec.submodule_search_locations[0])
    for library in (folder / "lib").glob("libtorchtext.*"):
        try:
            torch.ops.load_library(str(library))
        except OSError:  # built for another torch
            continue
        return "native"
    ours = types.ModuleType("torchtext._torchtext")
    ours.Vocab = Vocab  # type: ignore[attr-defined]
    for name in (*CLASSES, *FUNCTIONS):
        setattr(ours, name, _missing(name))
    sys.modules["torchtext._torchtext"] = ours
    sys.modules["torchtext._extension"] = types.ModuleType("torchtext._extension")
    return "python"


def _missing(name: str) -> type:
    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"{name} needs the C++ part of torchtext, which does not load beside this torch")

    return type(name, (), {"__init__": refuse})


def keep_checking(vectors: Any) -> None:
    """Has certificates checked after `Vectors.cache` as before."""
    import ssl

    cache = vectors.Vectors.cache

    def careful(*args: Any, **options: Any) -> Any:
        before = ssl._create_default_https_context
        try:
            return cache(*args, **options)
        finally:
            ssl._create_default_https_context = before

    vectors.Vectors.cache = careful
