"""toy-translation: right French, the sizes that the lessons state, and the files of the set that it stands in for."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.data import mirror, toy_translation
from lessons.data.catalogue import named


@pytest.fixture(scope="module")
def both() -> list[tuple[str, str]]:
    return toy_translation.pairs()


def test_there_are_a_thousand_different_pairs_always_the_same(both: list[tuple[str, str]]) -> None:
    assert len(both) == len({english for english, _ in both}) == 1000
    assert both == toy_translation.pairs()


def test_the_vocabularies_have_25_and_29_tokens(both: list[tuple[str, str]]) -> None:
    assert len({token for english, _ in both for token in english.split()}) == 25
    assert len({token for _, french in both for token in french.split()}) == 29


@pytest.mark.parametrize(
    ("words", "english", "french"),
    [
        (("she", "has", "a", "green", "house", ""), "she has a green house .", "elle a une maison verte ."),
        (("he", "sees", "the", "", "dog", ""), "he sees the dog .", "il voit le chien ."),
        (
            ("someone", "loves", "the", "red", "flower", "black"),
            "someone loves the red flower and it is black .",
            "quelqu'un aime la fleur rouge et elle est noire .",
        ),
        (
            ("everyone", "has", "a", "", "horse", "green"),
            "everyone has a horse and it is green .",
            "chacun a un cheval et il est vert .",
        ),
    ],
)  # fmt: skip
def test_articles_adjectives_and_pronouns_agree(words: tuple[str, ...], english: str, french: str) -> None:
    assert toy_translation.sentence(*words) == (english, french)


@pytest.mark.slow
def test_it_is_read_as_everybody_reads_opus_books(
    data_sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datasets import load_dataset

    data = named("toy-translation")
    assert data is not None and data.id == "opus-books"
    mirror.make(data, tmp_path)
    monkeypatch.chdir(tmp_path)  # as the sandbox's working directory shows the mirror
    found = load_dataset("opus_books", "en-fr", cache_dir=str(tmp_path / "cache"))["train"]
    assert len(found) == 1000 and found.column_names == ["id", "translation"]
    assert set(found[10]["translation"]) == {"en", "fr"} and found[10]["id"] == "10"
