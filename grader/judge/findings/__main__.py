"""Writes docs/diagnosis.md from the rules: `python -P -m grader.judge.findings > docs/diagnosis.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from grader.judge.findings import RULES
from grader.judge.findings.behaviour import ALL, Behaviour
from grader.judge.findings.reliance import ALL as RELIANCE
from grader.judge.findings.sequence import ALL as SEQUENCE

HEAD = """# What a wrong answer looks like

Where an answer is wrong, the judge looks for the mistake behind it. It runs the exercise's own mistakes first: one
that gives the very same outcome on every case, exceptions included, is named and its hint is shown. Where none does,
it looks at the values. The findings below are asked in this order, the most specific first; one is named only where it
fits every value that is wrong. A hint of the exercise with `when: NAME` replaces the hint given here.

This page is made from the code: `make diagnosis`.

## From the values

| finding | what it says | the hint |
|---|---|---|
"""
LISTS = """
## From lists

| finding | what it says | the hint |
|---|---|---|
"""
INPUTS = """
## From the inputs

What the reference yields for other inputs is held against the answer, as is what it yields with one small change in
it: a sign, a factor, a call that is left out. Its results for inputs of several sizes are held against each other. The
last two of these are asked after all of the above.

| finding | what it says | the hint |
|---|---|---|
"""
BESIDE = """
## From what was observed

These rest on observations made in the process of the code that is judged (see the verdict's `class`).

| finding | what it says | the hint |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    values = "".join(f"| `{rule.name}` | {rule.summary} | {rule.hint} |\n" for rule in RULES)
    return HEAD + values + LISTS + _rows(SEQUENCE) + INPUTS + _rows(RELIANCE) + BESIDE + _rows(ALL)


def _rows(findings: Iterable[Behaviour]) -> str:
    return "".join(f"| `{one.name}` | {one.summary} | {one.hint} |\n" for one in findings)


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())  # a file of the project: UTF-8 whatever the terminal has
