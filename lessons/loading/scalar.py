"""What an unquoted YAML scalar means, and which ones YAML 1.1 and 1.2 read differently.

Values follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema). An author who writes
one of the scalars that a YAML 1.1 reader takes for something else is asked to say which one is meant.
"""

from __future__ import annotations

import re

Scalar = str | int | float | bool | None

MAX_NUMBER = 1000
"""Digits of a whole number; Python itself refuses to read and to print more than 4,300."""


class Surprise(Exception):
    """An unquoted scalar with two readings: what is odd about it, and how to write what is meant."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
NULL = ("null", "Null", "NULL")
SWITCH = re.compile(r"y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF")
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
LEADING_ZERO = re.compile(r"([-+]?)0+([0-9]+)")
OTHER_BASE = re.compile(r"[-+]?0(o[0-7]+|b[01_]+|x[0-9a-fA-F_]+)")
UNDERSCORES = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
FLOAT_IN_BOTH = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?")
INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\s].*)?")


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar. Raises Surprise where YAML 1.1 and 1.2 disagree about it."""
    if not text:
        raise Surprise("there is no value here", "Write the value, or leave the key out.")
    if text in TRUTH:
        return TRUTH[text]
    if text in NULL:
        return None
    if not (text[0].isdigit() or text[0] in "+-.~=<" or len(text) <= 3):
        return text
    if text == "~":
        raise Surprise("`~` stands for no value", "Write null, leave the key out, or quote it: '~'.")
    if text in ("=", "<<"):
        raise Surprise(f"`{text}` has a meaning of its own in YAML 1.1", f"Quote it: '{text}'.")
    if SWITCH.fullmatch(text):
        word = "true" if text.lower() in ("y", "yes", "on") else "false"
        raise Surprise(
            f"`{text}` is text to one YAML reader and {word} to another",
            f'Write "{text}" in quotes for the text, or {word} for the truth value.',
        )
    return _number(text)


def _number(text: str) -> Scalar:
    if len(text) > MAX_NUMBER and (INTEGER.fullmatch(text) or HEXADECIMAL.fullmatch(text)):
        raise Surprise(f"a number of {len(text):,} digits", f"Write one of {MAX_NUMBER} digits at most, or quote it.")
    if INTEGER.fullmatch(text):
        return int(text)
    if HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    if zero := LEADING_ZERO.fullmatch(text):
        raise Surprise(
            f"`{text}` is octal to one YAML reader and decimal to another",
            f'Write {zero[1]}{zero[2]} without the zero for the number, or "{text}" in quotes for the text.',
        )
    if OTHER_BASE.fullmatch(text):
        raise Surprise(
            f"`{text}` is a number to one YAML reader and text to another",
            f'Write the number in decimal, or "{text}" in quotes for the text.',
        )
    if SEXAGESIMAL.fullmatch(text):
        raise Surprise(
            f"`{text}` is a number in base sixty to one YAML reader and text to another",
            f'Write "{text}" in quotes.',
        )
    if DATE.fullmatch(text):
        raise Surprise(f"`{text}` is a date to one YAML reader and text to another", f'Write "{text}" in quotes.')
    if FLOAT_IN_BOTH.fullmatch(text):
        return float(text)
    if FLOAT.fullmatch(text):
        mantissa, _, exponent = text.lower().partition("e")
        mantissa = mantissa if "." in mantissa else mantissa + ".0"
        exponent = exponent if exponent[0] in "+-" else "+" + exponent
        raise Surprise(
            f"`{text}` is a number to one YAML reader and text to another",
            f'Write {mantissa}e{exponent} for the number, or "{text}" in quotes for the text.',
        )
    if infinite := INFINITE.fullmatch(text):
        return float(text.replace(".", "")) if infinite[2] else float("nan")
    if "_" in text and UNDERSCORES.fullmatch(text):
        raise Surprise(
            f"`{text}` is a number to one YAML reader and text to another",
            f'Write {text.replace("_", "")} for the number, or "{text}" in quotes for the text.',
        )
    return text
