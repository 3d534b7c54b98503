"""torchtext after its end: its own code with our vocabulary under it, and the small module where it is absent."""

from __future__ import annotations

import copy
import pickle
import random
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.packages import small_torchtext, torchtext_in_python

ABSENT = "there is no torchtext for this Python"
there = pytest.mark.skipif(not torchtext_in_python.installed(), reason=ABSENT)
torchtext_in_python.install()
ONE = st.lists(st.sampled_from(["the", "cat", "sat", "on", "a", "mat", "then", "it"]), max_size=8)
WORDS = st.lists(ONE, max_size=6)


def real() -> Any:
    if not torchtext_in_python.installed():
        pytest.skip(ABSENT)
    import torchtext.data.utils
    import torchtext.vocab

    return torchtext


def test_a_vocabulary_does_what_torchtext_says_of_it() -> None:
    vocab = real().vocab.build_vocab_from_iterator([["a", "b", "a"], ["c"]], specials=["<unk>"])
    with pytest.raises(RuntimeError, match="Token z not found and default index is not set"):
        vocab["z"]
    vocab.set_default_index(vocab["<unk>"])
    assert vocab(["a", "z", "c"]) == [1, 0, 3] and vocab.lookup_tokens([3, 1]) == ["c", "a"] and len(vocab) == 4
    vocab.append_token("d")
    vocab.insert_token("e", 1)
    assert vocab.get_itos() == ["<unk>", "e", "a", "b", "c", "d"] and vocab.get_stoi()["a"] == 2 and "d" in vocab
    for method, wrong in (("append_token", ("a",)), ("insert_token", ("x", 9)), ("lookup_token", (99,))):
        with pytest.raises(RuntimeError):
            getattr(vocab, method)(*wrong)
    for again in (pickle.loads(pickle.dumps(vocab)), copy.deepcopy(vocab)):
        assert again(["a", "z"]) == [2, 0]


@there
def test_what_needs_the_extension_says_so() -> None:
    from torchtext import transforms

    with pytest.raises(RuntimeError, match="needs the C\\+\\+ part of torchtext"):
        transforms.RegexTokenizer([("a", "b")])


def test_word_vectors_leave_the_checking_of_certificates_on(tmp_path: Path) -> None:
    (tmp_path / "vectors.txt").write_text("the 1 2 3\ncat 4 5 6\n")
    before = ssl._create_default_https_context
    found = real().vocab.Vectors("vectors.txt", cache=str(tmp_path))
    assert ssl._create_default_https_context is before
    assert torch.equal(found["cat"], torch.tensor([4.0, 5.0, 6.0])) and torch.equal(found["dog"], torch.zeros(3))


@pytest.mark.slow
@there
def test_it_is_imported_without_a_word_in_the_sandbox() -> None:
    program = (
        "from grader.sandbox.packages import torchtext_in_python as t; t.install()\n"
        "import torchtext, torchtext.vocab, torchtext.transforms, torchtext.data, torchtext.functional"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# --- the small module -----------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(1, 3), st.sampled_from([None, 3, 6]), st.booleans())
def test_the_small_module_numbers_words_as_torchtext_does(
    lines: list[list[str]], min_freq: int, most: int | None, first: bool
) -> None:
    options: Any = {"min_freq": min_freq, "specials": ["<unk>", "the"], "special_first": first, "max_tokens": most}
    ours = small_torchtext.build_vocab_from_iterator(lines, **options)
    theirs = real().vocab.build_vocab_from_iterator(lines, **options)
    assert ours.get_itos() == theirs.get_itos()
    assert ours(ours.get_itos()) == theirs(ours.get_itos())


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="aB'\".,()!?;: <br/>\n\t", max_size=40))
def test_the_small_module_splits_text_as_torchtext_does(line: str) -> None:
    assert small_torchtext.get_tokenizer("basic_english")(line) == real().data.utils.get_tokenizer("basic_english")(
        line
    )
    tokens = line.split()
    for count in (1, 2, 3):
        runs = real().data.utils.ngrams_iterator(tokens, count)
        assert sorted(small_torchtext.ngrams_iterator(tokens, count)) == sorted(runs)


def test_the_small_module_reads_vectors_as_torchtext_does(tmp_path: Path) -> None:
    dice = random.Random(3)
    lines = [f"word{n} " + " ".join(f"{dice.gauss(0, 1):.4f}" for _ in range(5)) for n in range(20)]
    (tmp_path / "vectors.txt").write_text("\n".join(lines) + "\n")
    ours = small_torchtext.Vectors("vectors.txt", cache=str(tmp_path), max_vectors=12)
    theirs = real().vocab.Vectors("vectors.txt", cache=str(tmp_path), max_vectors=12)
    assert ours.itos == theirs.itos and torch.equal(ours.vectors, theirs.vectors) and len(ours) == 12
    words = ["word3", "WORD4", "none"]
    assert torch.equal(ours.get_vecs_by_tokens(words, True), theirs.get_vecs_by_tokens(words, True))


def test_the_small_module_reads_glove_as_torchtext_does(tmp_path: Path) -> None:
    (tmp_path / "glove.6B.50d.txt").write_text("the 1 2 3\ncat 4 5 6\n")
    ours = small_torchtext.GloVe(name="6B", dim=50, cache=str(tmp_path))
    assert ours.itos == ["the", "cat"] and torch.equal(ours["cat"], torch.tensor([4.0, 5.0, 6.0]))
    theirs = real().vocab.GloVe(name="6B", dim=50, cache=str(tmp_path))
    assert ours.itos == theirs.itos and torch.equal(ours.vectors, theirs.vectors)


def test_the_small_module_takes_the_place_of_what_is_absent() -> None:
    program = (
        "import importlib.machinery as m; find = m.PathFinder.find_spec\n"
        "m.PathFinder.find_spec = classmethod(lambda c, name, *a: None if name == 'torchtext' else find(name, *a))\n"
        "from grader.sandbox.packages import torchtext_in_python as t; t.install()\n"
        "from torchtext.vocab import build_vocab_from_iterator; from torchtext.data.utils import get_tokenizer\n"
        "import torchtext; print(torchtext.__version__, build_vocab_from_iterator([['b', 'a', 'b']])(['a']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.stdout == "0.18.0+dl.tutor [1]\n" and done.stderr == f"{small_torchtext.NOTICE}\n"
