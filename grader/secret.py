"""A secret of this user on this machine, kept in a file that no code in the sandbox can read.

What comes of it can be had again here, and cannot be worked out by who knows what it was made from: the randomness of
learner code says nothing of the seed that a verdict prints, nor the other way round, and an answers file cannot choose
the numbers of its questions. Elsewhere there is another secret. At level 1, where no file is closed, it is none.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from functools import cache
from pathlib import Path

from lessons import atomic

SIZE = 32
GUESSABLE = 1 << 32
"""Seeds below it can be found by trying, so that their inputs are drawn by the secret. Fresh seeds lie above."""
BEYOND = 1 << 63
"""No nonce is negative, or as large as this."""
_TAG = 32
"""Bits of a nonce that say that it was issued."""


def place() -> Path:
    """The file: in the folder that DL_TUTOR_HOME names, else where the system keeps a program's data."""
    if home := os.environ.get("DL_TUTOR_HOME"):
        return Path(home).expanduser().absolute() / "secret"
    import platformdirs

    return Path(platformdirs.user_data_path("dl-tutor", appauthor=False)) / "secret"


def number(*names: object) -> int:
    """63 bits for these names, the same each time on this machine."""
    return int.from_bytes(_digest(*names)[:8], "little") >> 1


def inputs(seed: int, exercise: str) -> int:
    """What the inputs of an exercise are drawn from, for the seed that a verdict prints."""
    return seed if seed >= GUESSABLE else number("inputs", exercise, seed)


def issue(exercise: str, part: str, chance: int) -> int:
    """A nonce for a question, which says that it was issued here. chance: a random number of 31 bits or less."""
    return chance << _TAG | _tag(exercise, part, chance)


def drawn_from(nonce: int) -> int:
    """The random number in a nonce, from which its question is drawn."""
    return nonce >> _TAG if nonce >= 1 << _TAG else nonce


def issued(exercise: str, part: str, nonce: int) -> bool:
    """Whether the number was issued here, for this part."""
    if not 0 <= nonce < BEYOND:
        return False
    chance, tag = nonce >> _TAG, nonce % (1 << _TAG)
    return hmac.compare_digest(str(tag), str(_tag(exercise, part, chance)))


def _tag(exercise: str, part: str, chance: int) -> int:
    return number("question", exercise, part, chance) % (1 << _TAG)


def _digest(*names: object) -> bytes:
    return hmac.digest(_secret(place()), "\0".join(map(str, names)).encode(), hashlib.sha256)


@cache
def _secret(file: Path) -> bytes:
    """What is in the file, which is made where it is not there. Where it cannot be, a secret of this process."""
    fresh = os.urandom(SIZE)
    with contextlib.suppress(OSError):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = atomic.draft(file, fresh, 0o600)
            try:
                with contextlib.suppress(FileExistsError):  # another process was quicker, and has ours too
                    os.link(made, file)
            finally:
                made.unlink()
        if len(known := file.read_bytes()) >= SIZE:
            return known
    return fresh
