"""Numeric questions: fresh numbers from a nonce, and a lesson's fault named by file and line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.questions import sampling
from grader.questions.sampling import QuestionFault, sample
from grader.sandbox import landlock, seccomp
from grader.spec import Question
from lessons.schema import Exercise

Written = Callable[..., Exercise]

PARTS = "\n  - {id: first-sum, kind: numeric, covers: [E1.1.1], text: 'What is {a} + {b}?'}\n"
OTHER = PARTS + "  - {id: second-sum, kind: numeric, covers: [E1.1.1], text: 'And?', question: first_sum}\n"
FRESH = """
    from grader.spec import Question

    def first_sum(rng):
        a, b = rng.randrange(1000), rng.randrange(1000)
        return Question(values={"a": a, "b": b}, answer=a + b, slips={a * b: "That is the product."})
"""


def drawn(exercise: Exercise, nonce: int = 1, part: int = 0) -> Question:
    return sample(exercise, exercise.parts[part], nonce)


def fault(exercise: Exercise) -> str:
    with pytest.raises(QuestionFault) as caught:
        drawn(exercise)
    return str(caught.value)


def test_a_nonce_draws_one_question_and_another_nonce_another(written: Written) -> None:
    exercise = written(PARTS, questions=FRESH)
    seen = [drawn(exercise, nonce).values for nonce in range(8)]
    assert len({tuple(values.items()) for values in seen}) == 8
    sampling._sampled.cache_clear()
    assert [drawn(exercise, nonce).values for nonce in range(8)] == seen


def test_what_is_drawn_is_whole(written: Written) -> None:
    question = drawn(written(PARTS, questions=FRESH))
    a, b = question.values["a"], question.values["b"]
    assert (question.answer, question.tolerance, question.slips) == (a + b, 0.0, {a * b: "That is the product."})


def test_parts_and_exercises_of_one_nonce_draw_for_themselves(written: Written) -> None:
    exercise = written(OTHER, questions=FRESH)
    assert drawn(exercise).values != drawn(exercise, part=1).values
    again = written(OTHER, id="again", questions=FRESH)
    assert drawn(exercise).values != drawn(again).values


def test_sizes_tables_and_slips_come_back_as_they_were(written: Written) -> None:
    answer = "{'A-B': (2, 5), 'scalar': (), 'none': None, 'yes': True, 'word': 'sum'}"
    slips = "{('A-B', (5, 2)): 'Turned.', ('none', None): 'None?'}"
    source = (
        "from grader.spec import Question\n"
        f"def first_sum(rng):\n    return Question({{}}, answer={answer}, tolerance=0.25, slips={slips})\n"
    )
    question = drawn(written(PARTS, questions=source))
    assert question.answer == {"A-B": (2, 5), "scalar": (), "none": None, "yes": True, "word": "sum"}
    assert question.slips == {("A-B", (5, 2)): "Turned.", ("none", None): "None?"}
    assert question.tolerance == 0.25


def test_a_changed_file_is_drawn_from_anew(written: Written) -> None:
    before = drawn(written(PARTS, questions=FRESH))
    exercise = written(PARTS, questions=FRESH.replace("answer=a + b", "answer=a + b + 1"))
    path = exercise.folder / "questions.py"
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    after = drawn(exercise)
    assert after.values == before.values and after.answer == before.answer + 1  # type: ignore[operator]


def test_a_lesson_may_print(written: Written) -> None:
    noisy = FRESH.replace("a, b = ", "print('{}'); a, b = ")
    assert drawn(written(PARTS, questions=noisy)).values.keys() == {"a", "b"}


FAULTS: dict[str, tuple[str, str]] = {
    "a syntax error": ("x = 1\ndef first_sum(rng:\n", "questions.py:2: SyntaxError"),
    "an exception at the top": ("x = 1\n\n1 / 0\n", "questions.py:3: ZeroDivisionError: division by zero"),
    "an exception in the function": (
        "def helper(rng):\n    return rng.no_such_thing()\n\ndef first_sum(rng):\n    return helper(rng)\n",
        "questions.py:2: AttributeError",
    ),
    "an absent function": ("def other(rng):\n    pass\n", "questions.py:1: there is no function first_sum(rng)"),
    "a wrong return type": (
        "x = 1\ndef first_sum(rng):\n    return 12\n",
        "questions.py:2: first_sum should return a Question and returned int",
    ),
    "what no question holds": (
        "from grader.spec import Question\ndef first_sum(rng):\n    return Question({}, answer={1, 2})\n",
        "questions.py:2: first_sum returns what no question holds: Object of type set",
    ),
    "an exit": ("import sys\nsys.exit('enough')\n", "questions.py:2: SystemExit: enough"),
    "memory": ("def first_sum(rng):\n    return bytearray(8 << 30)\n", "questions.py:2: MemoryError"),
    "torch": (
        "def first_sum(rng):\n    import torch\n",
        "questions.py:2: ModuleNotFoundError: No module named 'torch'",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_and_line(written: Written, name: str) -> None:
    source, sentence = FAULTS[name]
    assert sentence in fault(written(PARTS, questions=source))


def test_no_file_is_a_fault(written: Written) -> None:
    assert fault(written(PARTS)).endswith("questions.py: No such file or directory")


@pytest.mark.slow
def test_a_question_that_never_comes_is_stopped(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "CPU_SECONDS", 1)
    began = time.monotonic()
    said = fault(written(PARTS, questions="def first_sum(rng):\n    while True: pass\n"))
    assert said.endswith("questions.py: first_sum was stopped: it computed longer than 1 s")
    assert time.monotonic() - began < 11  # a hang guard
    monkeypatch.setattr(sampling, "SECONDS", 0.5)
    said = fault(written(PARTS, questions="import time\ndef first_sum(rng):\n    time.sleep(60)\n"))
    assert said.endswith("questions.py: first_sum took longer than 0.5 s")


def test_the_environment_stays_outside(written: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "random.py").write_text("raise RuntimeError('the wrong random')\n")
    source = (
        "import os\nfrom grader.spec import Question\n"
        "def first_sum(rng):\n    return Question({'names': sorted(os.environ)}, answer=1)\n"
    )
    values: dict[str, Any] = drawn(written(PARTS, questions=source)).values
    assert "SECRET_TOKEN" not in values["names"] and "PATH" in values["names"]


REACHING = """
    import fractions, os, socket, statistics
    from pathlib import Path
    from grader.spec import Question

    def first_sum(rng):
        beside = Path(__file__).with_name("exercise.yaml").read_text()[:3]
        {attempt}
        return Question(values={{"a": beside, "b": str(fractions.Fraction(1, 3))}}, answer=1)
"""


def landlock_here() -> bool:
    try:
        return landlock.kernel_abi() > 0
    except OSError:
        return False


def test_what_a_question_needs_it_may_use(written: Written) -> None:
    assert drawn(written(PARTS, questions=REACHING.format(attempt="pass"))).values == {"a": "id:", "b": "1/3"}


@pytest.mark.parametrize(
    "attempt",
    [
        "open('{outside}/secret').read()",
        "open('{outside}/mine', 'w')",
        "socket.socket()",
        "os.fork()",
        "os.system('true') and 1 / 0",
        "os.kill(os.getppid(), 0)",
        "open(Path(__file__).with_name('mine'), 'w')",
    ],
)
def test_a_teachers_questions_are_code_too(
    written: Written, tmp_path_factory: pytest.TempPathFactory, attempt: str
) -> None:
    if seccomp.lacking() or not landlock_here():
        pytest.skip("this machine lacks Landlock or seccomp")
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("secret")
    said = fault(written(PARTS, questions=REACHING.format(attempt=attempt.format(outside=outside))))
    assert "questions.py:" in said and ("PermissionError" in said or "ZeroDivisionError" in said)
    assert not (outside / "mine").exists()


def test_a_disk_that_is_full_keeps_nobody_from_a_question(written: Written) -> None:
    """No file can be written at all: that is a sentence, and no end of the app."""
    program = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from lessons.loading.loader import load_exercise\n"
        "from grader.questions.sampling import QuestionFault, sample\n"
        "exercise = load_exercise(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "try:\n    sample(exercise, exercise.parts[0], 5)\n    print('asked')\n"
        "except QuestionFault as fault:\n    print(fault)\n"
    )
    folder = written(PARTS, questions=FRESH).folder
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("asked") or "could not be asked: File too large" in done.stdout, done
