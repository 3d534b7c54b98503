"""Text of others made harmless: for a terminal, a log, a file."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x1b\\|\x07|$)|[ -/]*[0-~])|[\x00-\x08\x0b-\x1f\x7f-\x9f]",
    re.DOTALL,
)


def clean(text: str) -> str:
    """Text without escape sequences, control characters or lone surrogates: safe to print, log and encode."""
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")
