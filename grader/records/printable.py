"""Text of others made harmless: for a terminal, a log, a file, and for whoever reads it.

Whatever learners, courses and file names say passes `clean`, and where is not left to memory: a record of a verdict
cleans its texts when it is made (`Printable`), a command writes to streams that clean (grader/command/terminal.py), and
the app draws lines that are cleaned (tutor/widgets/harmless_lines.py). Letters of all scripts, signs and emoji stay as
they are; what controls a terminal, turns the direction of text around, or cannot be seen does not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import msgspec

_ESCAPE = r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x1b\\|\x07|$)|[ -/]*[0-~])"
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = (
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Of Default_Ignorable_Code_Point (Unicode Character Database, DerivedCoreProperties.txt), but for what shapes a
neighbour: joiners, variation selectors, and the tags of flags."""
_JOINERS, _VARIATIONS, _TAGS = r"\u200c\u200d", r"\ufe00-\ufe0f\U000e0100-\U000e01ef", r"\U000e0020-\U000e007f"
_LEFT_OUT = re.compile(f"{_ESCAPE}|[{_CONTROL}{_DIRECTION}{_UNSEEN}]", re.DOTALL)
_BREAK, _HALF = re.compile("[\u2028\u2029]"), re.compile("[\ud800-\udfff]")
_SHAPING = re.compile(f"[{_JOINERS}{_VARIATIONS}{_TAGS}]")
_VARIATION = re.compile(f"[{_VARIATIONS}]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
_ODD = re.compile(f"[{_CONTROL}{_DIRECTION}{_UNSEEN}{_JOINERS}{_VARIATIONS}{_TAGS}\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """Text, of several lines perhaps, without what controls, turns or hides: safe to print, to log and to encode."""
    if _ODD.search(text) is None:
        return text
    text = _HALF.sub("?", _BREAK.sub("\n", _LEFT_OUT.sub("", text)))
    return "".join(_shaped(text)) if _SHAPING.search(text) else text


def one_line(text: str) -> str:
    """The same on one line: no file's name and no sentence begins another line of what is printed."""
    text = clean(text).replace("\t", " ")
    return " ".join(filter(None, map(str.strip, text.split("\n")))) if "\n" in text else text


def cleaned(data: Any) -> Any:
    """Plain data whose texts and keys are clean."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, list):
        return [cleaned(item) for item in data]
    if isinstance(data, tuple):
        return tuple(map(cleaned, data))
    if isinstance(data, dict):
        return {cleaned(key): cleaned(value) for key, value in data.items()}
    return data


class Printable(msgspec.Struct, frozen=True):
    """A record whose texts are clean, however it was made: by a call, from JSON, or from what another process sent."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str | tuple | dict | list) and (harmless := cleaned(value)) != value:
                msgspec.structs.force_setattr(self, name, harmless)


def _shaped(text: str) -> list[str]:
    """The characters, with those of no width only where they shape a neighbour that needs them."""
    kept: list[str] = []
    place = 0
    while place < len(text):
        if flag := _FLAG.match(text, place):
            kept += flag[0]
            place = flag.end()
            continue
        sign, before, after = text[place], kept[-1] if kept else "", text[place + 1 : place + 2]
        if _SHAPING.match(sign) is None or _shapes(sign, before, after):
            kept.append(sign)
        place += 1
    return kept


def _shapes(sign: str, before: str, after: str) -> bool:
    """Whether a joiner or a variation selector does something here. Joiners: RFC 5892, appendix A.1 and A.2, and the
    sequences of emoji (Unicode Technical Standard 51)."""
    if not before or before.isspace():
        return False
    if _VARIATION.match(sign):
        return _SHAPING.match(before) is None
    if sign not in "\u200c\u200d":
        return False
    if unicodedata.combining(before) == 9:  # a virama
        return True
    if not after or _SHAPING.match(after):
        return False
    if unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL":
        return True
    pictures = unicodedata.category(after) == "So" and (
        before == "\ufe0f" or unicodedata.category(before) in ("So", "Sk")
    )
    return sign == "\u200d" and pictures
