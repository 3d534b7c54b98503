"""The real command, in a process of its own: what it prints where, how it ends, what it imports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.loading.loader import load_course
from tests.tutor.process import WRONG, parts, tutor
from tutor.learner.events import Opened
from tutor.learner.progress import Progress

# --- the whole --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--plain",)])
def test_without_a_terminal_the_map_and_what_is_next_are_printed(words: tuple[str, ...]) -> None:
    done = tutor(*words)
    assert done.code == 0 and done.err == ""
    assert "[ ] creating-tensors: Creating tensors (25 min, 0 of 8 points)" in done.out
    assert done.out.splitlines()[-1] == "Next: dl-tutor read tour"


def test_what_is_next_goes_on_with_the_learner() -> None:
    progress = Progress()
    for card in range(20):
        progress.record(Opened(lesson="creating-tensors", card=card))
    assert tutor().out.splitlines()[-1] == "Next: dl-tutor start mixed-list"


VERBS = [
    "list",
    "read",
    "glossary",
    "demo",
    "start",
    "reset",
    "grade",
    "answer",
    "hint",
    "solution",
    "progress",
    "doctor",
    "lint",
]
OWN = [*([verb] for verb in VERBS), ["progress", "export"], ["progress", "import"], []]


@pytest.mark.parametrize("words", OWN, ids=" ".join)
def test_the_help_of_each_verb_has_an_example_that_names_it(words: list[str]) -> None:
    done = tutor(*words, "--help")
    assert done.code == 0 and "Example: dl-tutor " + " ".join(words) in " ".join(done.out.split())


def test_the_help_names_every_verb() -> None:
    out = tutor("--help").out
    assert [verb for verb in VERBS if f"\n  {verb} " not in out] == []


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["grde"], "grade"),
        (["read", "broadcastin"], "broadcasting"),
        (["demo", "broadcastin/column"], "broadcasting"),
        (["demo", "broadcasting/colum"], "broadcasting/column"),
        (["start", "random-bit"], "random-bits"),
        (["reset", "random-bit"], "random-bits"),
        (["grade", "random-bit"], "random-bits"),
        (["grade", "broadcast-pairs.siz"], "sizes"),
        (["answer", "broadcast-pairs.siz", "1"], "sizes"),
        (["hint", "random-bit"], "random-bits"),
        (["solution", "random-bit"], "random-bits"),
    ],
    ids=" ".join,
)
def test_an_unknown_name_gets_the_nearest_one(words: list[str], near: str) -> None:
    done = tutor(*words)
    assert done.code == 2 and done.out == ""
    assert "Did you mean" in done.err and near in done.err.split("Did you mean")[1]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_list() -> None:
    done = tutor("list")
    assert done.code == 0 and done.err == "" and "random-bits: Random bits (0 of 4 points)" in done.out


def test_list_json_has_exactly_the_keys_of_its_contract() -> None:
    done = tutor("list", "--json")
    assert done.code == 0 and done.err == ""
    course = done.data
    assert (
        course.keys() == {"course", "passages", "units"}
        and course["passages"] == []
        and isinstance(course["course"], str)
    )
    for unit in course["units"]:
        assert unit.keys() == {"id", "title", "lessons"}
        for lesson in unit["lessons"]:
            assert lesson.keys() == {"id", "title", "minutes", "needs", "demos", "exercises"}
            for demo in lesson["demos"]:
                assert demo.keys() == {"id", "title", "covers"}
            for exercise in lesson["exercises"]:
                assert exercise.keys() == {"id", "title", "needs", "parts"}
                for part in exercise["parts"]:
                    assert part.keys() == {"id", "kind", "points", "covers"}
    lessons = [lesson for unit in course["units"] for lesson in unit["lessons"]]
    assert [lesson["id"] for lesson in lessons] == [lesson.id for lesson in load_course().lessons]
    assert [lesson["id"] for lesson in lessons[:2]] == ["tour", "creating-tensors"]
    assert {"id": "bits", "kind": "code", "points": 4, "covers": ["E1.1.2"]} in [
        part for exercise in lessons[1]["exercises"] for part in exercise["parts"]
    ]


def test_read_prints_the_lesson_and_remembers_it() -> None:
    done = tutor("read", "broadcasting")
    assert done.code == 0 and "--- card 1 of 10 ---" in done.out and "--- card 10 of 10 ---" in done.out
    assert "run it: dl-tutor demo broadcasting/" in done.out and "dl-tutor start broadcast-pairs" in done.out
    assert "$" not in done.out.replace("$EDITOR", "")  # formulas are shown, not spelled


def test_read_one_card() -> None:
    done = tutor("read", "broadcasting", "--card", "2")
    assert "--- card 2 of 10 ---" in done.out and "card 3" not in done.out
    beyond = tutor("read", "broadcasting", "--card", "11")
    assert beyond.code == 2 and "broadcasting has 10 cards" in beyond.err


def test_demo() -> None:
    done = tutor("demo", "broadcasting/column")
    assert done.code == 0 and done.err == "" and "[2, 2, 2]])" in done.out


# --- progress ---------------------------------------------------------------------------------------------------------


def test_progress_in_words_and_in_json() -> None:
    tutor("answer", "mixed-list.why", "one-dtype")
    tutor("hint", "random-bits")
    words = tutor("progress")
    assert words.code == 0 and words.err == ""
    assert "[-] mixed-list: 1 of 4 points" in words.out and "      why: passed (1 attempt)" in words.out
    assert "      bits: new (0 attempts, 1 hint)" in words.out
    points = sum(exercise.points for exercise in load_course().exercises)
    assert words.out.startswith(f"1 of {points} points\n")
    data = tutor("progress", "--json").data
    assert data.keys() == {"course", "exercises"}
    assert data["exercises"][0].keys() == {"id", "standing", "score", "max", "solution", "parts"}


def test_progress_travels_between_homes_and_merges(tmp_path: Path) -> None:
    other = tmp_path / "other"
    tutor("answer", "mixed-list.why", "one-dtype")
    tutor("hint", "random-bits")
    tutor("hint", "random-bits", DL_TUTOR_HOME=str(other))
    exported = tutor("progress", "export", tmp_path / "mine.jsonl")
    assert exported.code == 0 and exported.out == "" and "events written" in exported.err
    taken = tutor("progress", "import", tmp_path / "mine.jsonl", DL_TUTOR_HOME=str(other))
    assert taken.code == 0 and "0 already known" in taken.err
    assert parts(other)["mixed-list.why"]["status"] == "passed" and parts(other)["random-bits.bits"]["hints"] == 1
    again = tutor("progress", "import", tmp_path / "mine.jsonl", DL_TUTOR_HOME=str(other))
    assert again.err.startswith("0 events taken in")
    back = tutor("progress", "export", DL_TUTOR_HOME=str(other))
    assert tutor("progress", "import", "-", stdin=back.out).code == 0
    assert parts() == parts(other)


def test_progress_files_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    (tmp_path / "text").write_text("hello\n")
    for words, sentence in [
        (("export", tmp_path / "no" / "where"), "No such file or directory"),
        (("import", tmp_path / "odd"), "not UTF-8"),
        (("import", tmp_path / "text"), "line 1: not a header of exported progress"),
        (("import", tmp_path / "absent"), "does not exist"),
    ]:
        done = tutor("progress", *words)
        assert done.code == 2 and done.out == "" and sentence in done.err


# --- the machine and the course ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_doctor() -> None:
    done = tutor("doctor", "--json", EDITOR="no-such-editor")
    report = done.data
    active = {layer["name"] for layer in report["layers"] if layer["active"]}
    assert done.code == 0 and report["ok"] and report["level"] == 1 + ({"landlock", "seccomp"} <= active)
    assert report.keys() == {"ok", "level", "layers", "checks", "versions", "system"}
    assert {"session", "landlock"} <= {layer["name"] for layer in report["layers"]}
    assert [one["ok"] for one in report["checks"] if one["name"] == "editor"] == [False]


@pytest.mark.slow
def test_doctor_in_words_says_what_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = tutor("doctor", DL_TUTOR_HOME=str(tmp_path / "file"))
    assert done.code == 1 and "PROBLEM" in done.out and "does not work" in done.out.splitlines()[-1]
    assert (
        "sandbox: level " in done.out and "off      namespaces: " in done.out and "consent to level 1: not" in done.out
    )


# --- imports ----------------------------------------------------------------------------------------------------------

HEAVY = ("torch", "numpy", "torchvision", "datasets", "sklearn", "matplotlib")
LOOK = """
import json, sys
from {module} import main
try:
    main({words!r}, standalone_mode=False)
except SystemExit:
    pass
print("MODULES", json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


def modules(module: str, *words: str) -> set[str]:
    source = LOOK.format(module=module, words=list(words))
    done = subprocess.run([sys.executable, "-c", source], input=WRONG, capture_output=True, text=True, timeout=120)
    line = next(line for line in done.stdout.splitlines() if line.startswith("MODULES "))
    return set(json.loads(line.removeprefix("MODULES ")))


@pytest.mark.parametrize(
    "words",
    [("list",), ("list", "--json"), ("read", "broadcasting"), ("start", "mixed-list"), ("grade", "random-bits")],
    ids=" ".join,
)
def test_the_command_loads_no_torch(words: tuple[str, ...]) -> None:
    loaded = modules("tutor.cli", *words)
    assert "tutor" in loaded and not loaded & {*HEAVY, "textual"}


@pytest.mark.slow
def test_dl_grader_knows_no_tutor_and_says_the_same(tmp_path: Path) -> None:
    loaded = modules("grader.cli", "grade", "random-bits", "--file", "-")
    assert "grader" in loaded and not loaded & {*HEAVY, "tutor", "textual"}
    words = ["random-bits", "--file", "-", "--seed", "11", "--format", "json"]
    own = tutor("grade", *words, stdin=WRONG).data
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "grade", *words],
        input=WRONG,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    same = json.loads(done.stdout)
    assert own.pop("seconds") and same.pop("seconds")
    for one in (own, same):
        one.pop("scale", None)  # how slow the machine was just then
    assert own == same
    assert parts()["random-bits.bits"]["attempts"] == 1
