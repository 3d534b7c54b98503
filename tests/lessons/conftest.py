"""A small whole course, written afresh for each test that spoils it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

LESSON = "1-tensors/1-making"
EXERCISE = f"{LESSON}/exercises/doubling"

DEMO = """\
from tutor import live

doubles = []
for n in range(4):
    doubles.append(n + n)
    live.log({"double": doubles[-1]}, step=n)
print(doubles)
"""

COURSE = {
    "course.yaml": """\
format: 1
id: small
title: A small course
units: [tensors]
""",
    "coverage.yaml": """\
covered:
  E1.1.1: {by: [doubling.double, doubling.why]}
  D1.1.1: {by: [making/first]}
  N1.1.1: {by: [making/first]}
  E1.1.2: {waived: It comes with a later unit.}
""",
    "glossary.yaml": """\
terms:
  tensor: {term: tensor, definition: Numbers in a row.}
""",
    "1-tensors/unit.yaml": """\
id: tensors
title: Tensors
lessons: [making]
""",
    "1-tensors/numbers.yaml": """\
numbers:
  - {id: N1.1.1, what: The double of three., demos: [making/first]}
""",
    f"{LESSON}/lesson.md": """\
---
id: making
title: Making tensors
minutes: 10
concepts: [tensor]
---
## A tensor

Numbers in a row, $x_1$.

```python demo=first
```
---
## Your turn

:::exercise doubling
""",
    f"{LESSON}/demos/first.py": DEMO,
    f"{LESSON}/demos/first.yaml": """\
title: The double of three
covers: [D1.1.1]
facts:
  - {id: N1.1.1, stated: 6, measured: max(doubles)}
""",
    f"{EXERCISE}/exercise.yaml": """\
id: doubling
title: Doubling
concepts: [tensor]
parts:
  - id: double
    kind: code
    covers: [E1.1.1]
    entry: double
    hints:
      - {text: What is twice three?}
      - {text: Multiply.}
      - {text: "Return `2 * x`.", solution: true}
  - id: why
    kind: choice
    covers: [E1.1.1]
    text: Which is the double of 3?
    options:
      - {id: six, right: true, text: "6"}
      - {id: nine, text: "9", why: That is the square.}
""",
    f"{EXERCISE}/prompt.md": "Write `double(x)`, which returns $2x$.\n",
    f"{EXERCISE}/starter.py": '"""Doubling."""\n\n\ndef double(x):\n    raise NotImplementedError\n',
    f"{EXERCISE}/reference.py": '''\
"""Doubling."""

from grader.spec import Rng, alternative, case, cases, mistake


def double(x):
    return 2 * x


@cases
def vectors(rng: Rng):
    yield case(x=rng.normal(7), label="seven numbers")


@alternative
def adds(x):
    return x + x


@mistake("squares", "Squares.", hint="What is the double of 3?")
def squares(x):
    return x * x


@mistake("halves", "Halves.", hint="Is the double smaller?")
def halves(x):
    return x / 2
''',
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The folder of a course without mistakes."""
    root = tmp_path / "units"
    for name, text in COURSE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def edit(course: Path) -> Callable[[str, str, str], None]:
    """Replaces a piece of a file of the course that occurs in it just once."""

    def replace(name: str, old: str, new: str) -> None:
        path = course / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
