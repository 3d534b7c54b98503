"""Near-duplicate code by fingerprints of its normal tree: winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003).

Every run of `RUN` nodes has a number, and of each `WINDOW` neighbouring numbers the smallest is kept: what two files
have in common over `RUN + WINDOW - 1` nodes, about two lines, has a fingerprint in both. The libraries that there are
work on the text or its tokens, and were made for files on disk: copydetect (0.5.0, of 2024) imports matplotlib, and
pycode-similar (1.4, of 2020) compares each with each.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from grader.batch.normal_tree import Token

RUN, WINDOW = 12, 5
LEAST = 12
"""Fingerprints that two files must share to be shown: three lines of their own, or more."""
ALIKE = 0.6
"""Of the smaller file's fingerprints, that must be the other one's too."""
COMMON, FEW, MANY = 0.2, 4, 20
"""What more than this share of a class wrote, and more than a few, is what one writes here; so is what many wrote."""

Prints = Mapping[int, frozenset[int]]
"""Fingerprints, and the lines that each covers."""


class Likeness(NamedTuple):
    """Two files by their keys, and what they share."""

    left: str
    right: str
    shared: frozenset[int]
    share: float


def fingerprints(tokens: Iterable[Token]) -> dict[int, frozenset[int]]:
    """The fingerprints of a file; of one that is shorter than a run, none."""
    tokens = tuple(tokens)
    numbers = [_number(tokens[at : at + RUN]) for at in range(len(tokens) - RUN + 1)]
    found: dict[int, set[int]] = defaultdict(set)
    for start in range(max(1, len(numbers) - WINDOW + 1) if numbers else 0):
        window = numbers[start : start + WINDOW]
        least = min(window)
        at = start + len(window) - 1 - window[::-1].index(least)  # the rightmost, so that the next window keeps it too
        found[least].update(token.line for token in tokens[at : at + RUN])
    return {number: frozenset(lines) for number, lines in found.items()}


def alike(files: Mapping[str, Prints], known: Iterable[int]) -> list[Likeness]:
    """Pairs of files with much in common, the likest first. known: fingerprints of what is nobody's own."""
    known = set(known)
    writers = Counter(number for prints in files.values() for number in prints)
    most = min(max(FEW, int(COMMON * len(files))), MANY)
    own = {
        name: frozenset(number for number in prints if number not in known and writers[number] <= most)
        for name, prints in files.items()
    }
    by: dict[int, list[str]] = defaultdict(list)
    for name, numbers in sorted(own.items()):
        for number in numbers:
            by[number].append(name)
    shared = Counter(pair for names in by.values() for pair in combinations(names, 2))
    found = []
    for (left, right), count in shared.items():
        share = count / min(len(own[left]), len(own[right]))
        if count >= LEAST and share >= ALIKE:
            found.append(Likeness(left, right, own[left] & own[right], share))
    return sorted(found, key=lambda one: (-one.share, -len(one.shared), one.left, one.right))


def _number(run: Iterable[Token]) -> int:
    """The same in every process, unlike `hash`."""
    text = "\n".join(token.text for token in run)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())
