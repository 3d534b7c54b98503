"""Consent to run code where the machine gives level 1 of the sandbox only: asked for once, kept until it is deleted.

It is a small file of the learner's. Whoever deletes it is asked again.
"""

from __future__ import annotations

import json

from lessons import regular_file
from tutor.learner import locations


def given() -> bool:
    """Whether the learner has consented. A file that cannot be read is no consent."""
    try:
        said = json.loads(regular_file.read(locations.consent_file()))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("allow_level_1") is True


def give() -> None:
    """Remembers it. Raises OSError."""
    path = locations.consent_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"allow_level_1": True}) + "\n", encoding="utf-8")


def allowed(now: bool) -> bool:
    """Whether code may run at level 1: said now, which is remembered, or before."""
    if now:
        give()
    return now or given()
