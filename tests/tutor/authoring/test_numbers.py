"""`dl-tutor numbers`: what agrees with what, and the verdicts of a small course that states right and wrong numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.grading import Measurement
from grader.proof.facts import agrees, compared
from lessons.schema import Fact
from tests.tutor.process import tutor

NAN = float("nan")

FILES = {
    "course.yaml": "format: 1\nid: small\ntitle: Small\nunits: [tensors]\n",
    "coverage.yaml": "covered: {}\n",
    "1-tensors/unit.yaml": "id: tensors\ntitle: Tensors\nlessons: [making]\n",
    "1-tensors/numbers.yaml": """\
numbers:
  - {id: N1.1.1, what: The double of three., demos: [making/good]}
  - {id: N1.1.2, what: The double of four., demos: [making/bad]}
  - {id: N1.1.3, what: The double of five., parts: [doubling.five]}
""",
    "1-tensors/making/lesson.md": """\
---
id: making
title: Making
minutes: 5
---
## Cards

```python demo=good
```
```python demo=bad
```
```python demo=broken
```
""",
    "1-tensors/making/demos/good.py": "double = 6.004\n",
    "1-tensors/making/demos/good.yaml": """\
title: Good
covers: [D1.1.1]
facts:
  - {id: N1.1.1, stated: 6.0, measured: double, tolerance: 0.01}
""",
    "1-tensors/making/demos/bad.py": "double = [8, 8]\n",
    "1-tensors/making/demos/bad.yaml": """\
title: Bad
covers: [D1.1.2]
facts:
  - {id: N1.1.2, stated: [8, 9], measured: double}
  - {id: N1.1.2, stated: 16, measured: square}
""",
    "1-tensors/making/demos/broken.py": "1 / 0\n",
    "1-tensors/making/demos/broken.yaml": "title: Broken\ncovers: [D1.1.3]\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "units"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize(
    ("stated", "measured", "tolerance"),
    [
        (6, 6, 0),
        (6, 6.0, 0),
        (1.5, 1.6, 0.11),
        (1.0, 1, 0),
        (True, True, 0),
        ("a", "a", 0),
        ([[1.0, 2.0]], [[1.05, 1.95]], 0.1),
        ([], [], 0),
        ([1, [2]], (1, [2]), 0),
    ],
)
def test_what_agrees(stated: Any, measured: Any, tolerance: float) -> None:
    assert agrees(stated, measured, tolerance)


@pytest.mark.parametrize(
    ("stated", "measured", "tolerance"),
    [
        (6, 7, 10),
        (1.5, 1.62, 0.11),
        (1.0, NAN, 9),
        (NAN, NAN, 9),
        (True, 1, 0),
        (1, True, 0),
        (1.0, True, 9),
        ("1", 1, 0),
        ([1], 1, 0),
        (1, [1], 0),
        ([1, 2], [1], 0),
        ([1.0, 2.0], [1.0, 2.2], 0.1),
        (1.0, None, 9),
    ],
)
def test_what_does_not(stated: Any, measured: Any, tolerance: float) -> None:
    assert not agrees(stated, measured, tolerance)


def test_a_table_with_a_verdict_a_line(course: Path) -> None:
    done = tutor("numbers", "1", DL_TUTOR_COURSE=str(course))
    assert done.code == 1 and "running making/good" in done.err
    verdicts = [line.split() for line in done.out.splitlines() if line.startswith("  making/")]
    assert [line[0] + " " + line[-1] for line in verdicts] == [
        "making/good: ok",
        "making/bad: differs",
        "making/bad: measured",
        "making/broken failed",
    ]
    assert "  asked for in doubling.five\n" in done.out and "making/broken failed: ZeroDivisionError" in done.out
    assert "making/bad: `square` raises NameError: name 'square' is not defined\n" in done.out
    assert done.out.splitlines()[-1] == (
        "3 numbers: 1 reproduced by demos, 1 asked for in parts, 1 not reproduced; 3 of 4 lines not ok"
    )


def test_the_same_as_json_and_good_when_mended(course: Path) -> None:
    found = tutor("numbers", "tensors", "--json", DL_TUTOR_COURSE=str(course)).data
    assert [row["verdict"] for row in found["rows"]] == ["ok", "differs", "parts"] and not found["ok"]
    assert [fact["verdict"] for fact in found["facts"]] == ["ok", "differs", "not measured", "demo failed"]
    (course / "1-tensors/making/demos/bad.py").write_text("double, square = [8, 9], 16\n")
    (course / "1-tensors/making/demos/broken.py").write_text("print(1)\n")
    assert tutor("numbers", DL_TUTOR_COURSE=str(course)).code == 0


def test_a_unit_that_is_not_there(course: Path) -> None:
    for name, told in (("2", "there is no unit 2"), ("tensor", "Did you mean `tensors`?")):
        done = tutor("numbers", name, DL_TUTOR_COURSE=str(course))
        assert done.code == 2 and told in done.err and done.out == ""


@pytest.mark.parametrize(
    ("of", "here", "verdict"),
    [
        (None, "stand-in", "differs"),
        ("stand-in", "stand-in", "differs"),
        ("real", "stand-in", "skipped"),
        ("stand-in", "real", "skipped"),
        ("real", "real", "differs"),
    ],
)
def test_a_fact_holds_for_its_own_data(of: Any, here: str, verdict: str) -> None:
    fact = Fact(id="N1.1.1", stated=97.25, measured="mean", of=of)
    assert compared("garments/first", fact, Measurement(50.0), here=here).verdict == verdict


@pytest.mark.slow
def test_a_demo_of_a_stand_in_skips_what_the_real_set_has(course: Path) -> None:
    folder = course / "1-tensors/making/demos"
    (folder / "good.py").write_text(
        'from torchvision.datasets import MNIST\n\ndata = MNIST("data", train=False, download=True)\ndouble = 6.004\n'
    )
    text = (folder / "good.yaml").read_text()
    (folder / "good.yaml").write_text(
        text + "  - {id: D1.1.1, stated: 10000, measured: len(data), of: real}\n"
        "  - {id: D1.1.1, stated: 360, measured: len(data), of: stand-in}\n"
    )
    done = tutor("numbers", "1", DL_TUTOR_COURSE=str(course))
    verdicts = {
        line.split()[1] + line.split()[2]: line.split()[-1] for line in done.out.splitlines() if "len(data)" in line
    }
    assert verdicts == {"len(data)10000": "skipped", "len(data)360": "ok"}, done.out
    assert done.out.splitlines()[-1].endswith("; 1 skipped, for they hold for other data than lie here")
