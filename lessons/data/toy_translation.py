"""toy-translation: English and French sentences from a small grammar, with the columns and the files of opus_books.

French puts its adjectives behind the noun and lets articles, adjectives and the pronoun of a second clause agree with
the noun's gender: the last one from far away. `python -P -m lessons.data.toy_translation FOLDER` writes the file.
"""

from __future__ import annotations

import random
import sys
from itertools import product
from pathlib import Path

from lessons.data.hub import write
from lessons.data.making import Progress, nobody, say

PAIRS = 1000
ADJECTIVE, CLAUSE = 0.6, 0.3
"""The shares of sentences with an adjective before the noun, and with a second clause."""
SUBJECTS = {"he": "il", "she": "elle", "someone": "quelqu'un", "everyone": "chacun"}
VERBS = {"sees": "voit", "loves": "aime", "has": "a"}
ARTICLES = {"a": ("un", "une"), "the": ("le", "la")}
"""Masculine and feminine."""
NOUNS = {
    "dog": ("chien", 0), "cat": ("chat", 0), "car": ("voiture", 1), "house": ("maison", 1), "book": ("livre", 0),
    "table": ("table", 1), "flower": ("fleur", 1), "horse": ("cheval", 0),
}  # fmt: skip
"""The French noun, and its gender: 0 masculine, 1 feminine."""
ADJECTIVES = {
    "red": ("rouge", "rouge"), "green": ("vert", "verte"), "blue": ("bleu", "bleue"), "black": ("noir", "noire"),
}  # fmt: skip


def sentence(subject: str, verb: str, article: str, adjective: str, noun: str, last: str) -> tuple[str, str]:
    """An English sentence and its translation; `adjective` and `last` may be empty."""
    word, gender = NOUNS[noun]
    english = [subject, verb, article, *([adjective] if adjective else []), noun]
    french = [SUBJECTS[subject], VERBS[verb], ARTICLES[article][gender], word]
    french += [ADJECTIVES[adjective][gender]] if adjective else []
    if last:
        english += ["and", "it", "is", last]
        french += ["et", ("il", "elle")[gender], "est", ADJECTIVES[last][gender]]
    return " ".join([*english, "."]), " ".join([*french, "."])


def pairs(count: int = PAIRS) -> list[tuple[str, str]]:
    """Different sentences with their translations, in an order that is always the same."""
    dice, found = random.Random("translation"), dict[str, str]()
    forms = list(product(SUBJECTS, VERBS, ARTICLES))
    while len(found) < count:
        adjective = dice.choice(list(ADJECTIVES)) if dice.random() < ADJECTIVE else ""
        last = dice.choice(list(ADJECTIVES)) if dice.random() < CLAUSE else ""
        english, french = sentence(*dice.choice(forms), adjective, dice.choice(list(NOUNS)), last)
        found[english] = french
    return list(found.items())


def make(folder: Path, progress: Progress = nobody) -> None:
    """Writes a README and a parquet file below `folder`; the same ones each time."""
    from datasets import Dataset, Features, Translation, Value

    features = Features({"id": Value("string"), "translation": Translation(languages=["en", "fr"])})
    both = [{"en": english, "fr": french} for english, french in pairs()]
    columns = {"id": [str(place) for place in range(len(both))], "translation": both}
    write({"train": Dataset.from_dict(columns, features=features)}, "en-fr", folder)
    progress(PAIRS, PAIRS)


if __name__ == "__main__":
    make(Path(sys.argv[1]), progress=say)
