"""Texts that move a terminal, turn what is read around, hide in it or end an encoder; and texts that do not."""

from __future__ import annotations

import unicodedata

HOSTILE = {
    "the clipboard": "a\x1b]52;c;aGFybWVk\x07b",
    "the clipboard, ended by a string terminator": "a\x1b]52;c;aGFybWVk\x1b\\b",
    "the clipboard in eight bits": "a\x9d52;c;aGFybWVk\x9cb",
    "a title": "a\x1b]0;owned\x07b",
    "a link": "a\x1b]8;;http://evil.example\x1b\\b\x1b]8;;\x1b\\",
    "a colour in eight bits": "a\x9b31mb",
    "a cursor": "a\x1b[2J\x1b[1;1Hb",
    "back and over": "failed\x08\x08\x08\x08\x08\x08passed\r[+] passed",
    "a line end of its own": "a\x0b\x0c\x1c\x1d\x1e\x85b",
    "separators": "a\u2028[+] code: passed\u2029b",
    "overrides": "\u202e\u202d\u202a\u202b\u202cDESSAP",
    "isolates": "\u2066\u2067\u2068x\u2069",
    "marks": "a\u200e\u200f\u061cb",
    "no width": "a\u200b\u2060\ufeff\u200d\u200cb",
    "filler": "a\u3164\u115f\uffa0\xad\u180eb",
    "tags": "a\U000e0041\U000e0042\U000e007fb",
    "selectors": "a\ufe0f\ufe0f\U000e0100\ufe0eb",
    "half a character": "a\ud800b\udfff",
    "nothing": "a\x00b",
}
HARMLESS = {
    "accents": "é à ü ß ø ñ e\u0301",
    "cjk": "数学 の ひらがな 한국어 ｆｕｌｌ 葛\U000e0100",
    "right to left": "שלום مرحبا می\u200cخواهم",
    "indic": "क्\u200dष श्री ക്\u200c",
    "emoji": "😀 👩\u200d💻 🏳️\u200d🌈 👨🏽\u200d⚕️ ❤️ 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "signs": "∑ − × ≤ ∂ → √ ℝ 𝒩 ½ ² … – “ ” ⌊ ⌋ █ ░",
    "lines": "one\n\ttwo\n",
}
UNSEEN = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u3164\ufeff\xad\u180e"


def harms(text: str) -> list[str]:
    """What is in a text that no text may hold that is shown."""
    return [
        f"U+{ord(sign):04X}"
        for sign in text
        if (unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign not in "\n\t") or sign in UNSEEN
    ]
