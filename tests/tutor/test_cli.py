"""The real command, in a process of its own: what it prints where, how it ends, what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

BIN = Path(sys.executable).parent

RIGHT = (
    "import torch\n\ndef random_bits(shape, generator=None):\n    return torch.rand(shape, generator=generator) < 0.5\n"
)
WRONG = "import torch\n\ndef random_bits(shape, generator=None):\n    return torch.rand(shape, generator=generator)\n"
CONVERT = """\
import torch

def describe_conversion(items):
    try:
        return True, torch.tensor(items).dtype
    except Exception:
        return False, None
"""
TABLE = (
    "A-B=none, A-C=2x5x2, A-D=none, A-E=2x1x2, A-F=none, B-C=2x1x5x3, B-D=none, B-E=2x1x1x3, B-F=2x1x5x3, "
    "C-D=5x5, C-E=5x1, C-F=5x3, D-E=1x5, D-F=none, E-F=5x3"
)


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def tutor(*words: str | Path, stdin: str = "", cwd: Path | None = None, **env: str) -> Done:
    done = subprocess.run(
        [str(BIN / "dl-tutor"), *map(str, words)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=170,
        cwd=cwd or Path(os.environ["DL_TUTOR_HOME"]).parent,
        env={**os.environ, **env},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def start(exercise: str, text: str) -> Path:
    """The learner's file for an exercise, with this text in it."""
    path = Path(tutor("start", exercise).out.strip())
    path.write_text(text)
    return path


def parts(home: Path | None = None) -> dict[str, dict[str, Any]]:
    """`EXERCISE.PART` -> its entry in `progress --json`."""
    found = tutor("progress", "--json", **({"DL_TUTOR_HOME": str(home)} if home else {})).data
    return {f"{one['id']}.{part['id']}": part for one in found["exercises"] for part in one["parts"]}


# --- the whole ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--plain",)])
def test_without_a_terminal_the_map_and_what_is_next_are_printed(words: tuple[str, ...]) -> None:
    done = tutor(*words)
    assert done.code == 0 and done.err == ""
    assert "[ ] creating-tensors: Creating tensors (25 min, 0 of 8 points)" in done.out
    assert done.out.splitlines()[-1] == "Next: dl-tutor read creating-tensors"


def test_what_is_next_goes_on_with_the_learner() -> None:
    tutor("read", "creating-tensors")
    assert tutor().out.splitlines()[-1] == "Next: dl-tutor start mixed-list"


VERBS = ["list", "read", "demo", "start", "reset", "grade", "answer", "hint", "solution", "progress", "doctor", "lint"]
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


# --- reading ------------------------------------------------------------------------------------------------------


def test_list() -> None:
    done = tutor("list")
    assert done.code == 0 and done.err == "" and "random-bits: Random bits (0 of 4 points)" in done.out


def test_list_json_has_exactly_the_keys_of_its_contract() -> None:
    done = tutor("list", "--json")
    assert done.code == 0 and done.err == ""
    course = done.data
    assert course.keys() == {"course", "units"} and isinstance(course["course"], str)
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
    assert [lesson["id"] for lesson in lessons][:2] == ["creating-tensors", "broadcasting"]
    assert {"id": "bits", "kind": "code", "points": 4, "covers": ["E1.1.2"]} in [
        part for exercise in lessons[0]["exercises"] for part in exercise["parts"]
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


# --- the learner's file -------------------------------------------------------------------------------------------


def test_start_prints_the_path_on_stdout_and_the_task_on_stderr(home: Path) -> None:
    done = tutor("start", "random-bits")
    path = Path(done.out.strip())
    assert done.code == 0 and path.is_file() and path.is_relative_to(home / "workspace")
    assert "Toss a coin" in done.err and "dl-tutor grade random-bits" in done.err
    assert "NotImplementedError" in path.read_text()


def test_start_never_writes_over_work() -> None:
    path = start("random-bits", "mine\n")
    assert tutor("start", "random-bits").out.strip() == str(path)
    assert path.read_text() == "mine\n"


def test_start_shows_the_questions_and_how_to_answer_them() -> None:
    told = tutor("start", "mixed-list").err
    assert "Part why:" in told and "one-dtype: All entries" in told
    assert "dl-tutor answer mixed-list.why OPTION" in told


def test_reset_keeps_a_dated_backup() -> None:
    path = start("random-bits", "mine\n")
    done = tutor("reset", "random-bits")
    assert done.code == 0 and done.out.strip() == str(path) and "NotImplementedError" in path.read_text()
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.read_text() == "mine\n" and str(backup) in done.err
    assert backup.name.startswith("random-bits.20") and backup.suffix == ".py"
    again = tutor("reset", "random-bits")
    assert again.err == "" and len(list((path.parent / "backups").iterdir())) == 1


# --- grading ------------------------------------------------------------------------------------------------------


def test_grade_the_workspace_records_what_it_judged() -> None:
    start("random-bits", RIGHT)
    done = tutor("grade", "random-bits")
    assert done.code == 0 and done.err == "" and done.out.startswith("random-bits: passed, 4 of 4 points\n")
    assert parts()["random-bits.bits"] == {
        "id": "bits",
        "status": "passed",
        "score": 4.0,
        "max": 4.0,
        "attempts": 1,
        "hints": 0,
    }


def test_no_record_leaves_the_progress_as_it_is() -> None:
    start("random-bits", RIGHT)
    assert tutor("grade", "random-bits", "--no-record").code == 0
    assert parts()["random-bits.bits"]["attempts"] == 0


def test_grade_json_is_a_verdict_and_nothing_else_on_stdout() -> None:
    start("random-bits", WRONG)
    done = tutor("grade", "random-bits", "--format", "json")
    assert done.code == 1 and done.err == ""
    verdict = done.data
    assert (verdict["format"], verdict["exercise"], verdict["status"]) == (1, "random-bits", "failed")
    assert verdict["sandbox"]["level"] == 1
    named = [finding["name"] for check in verdict["parts"][0]["checks"] for finding in check["diagnosis"]]
    assert "real-numbers" in named


def test_grade_a_file_a_folder_and_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "class" / "someone" / "random-bits.py"
    file.parent.mkdir(parents=True)
    file.write_text(RIGHT)
    assert tutor("grade", file).code == 0
    assert tutor("grade", "random-bits.bits", "--file", file).code == 0
    assert tutor("grade", "random-bits", "--file", "-", stdin=WRONG).code == 1
    folder = tutor("grade", tmp_path / "class", "--format", "json")
    assert folder.code == 0 and folder.data["verdicts"][0]["status"] == "passed"


def test_a_path_wins_over_an_exercise(tmp_path: Path) -> None:
    start("random-bits", RIGHT)
    (tmp_path / "random-bits").mkdir()
    done = tutor("grade", "random-bits", cwd=tmp_path)
    assert done.code == 2 and "no file in it that is named after an exercise" in done.err


def test_one_part_of_an_exercise_and_all_of_it() -> None:
    start("mixed-list", CONVERT)
    assert tutor("grade", "mixed-list.convert").code == 0
    whole = tutor("grade", "mixed-list")
    assert whole.code == 1 and "[+] convert" in whole.out and "Not answered yet." in whole.out


def test_a_seed_replays_the_same_figures() -> None:
    start("random-bits", WRONG)

    def checks(*words: str) -> tuple[int, Any]:
        verdict = tutor("grade", "random-bits", "--format", "json", *words).data
        return verdict["seed"], verdict["parts"]

    seed, first = checks()
    assert checks("--seed", str(seed)) == (seed, first)
    assert checks("--seed", str(seed + 1))[1] != first


def test_not_started_is_said() -> None:
    done = tutor("grade", "random-bits")
    assert done.code == 1 and "Nothing handed in yet" in done.out and "the same inputs" not in done.out


def test_requirements() -> None:
    start("random-bits", RIGHT)
    assert tutor("grade", "random-bits", "--require", "rlimits,session").code == 0
    refused = tutor("grade", "random-bits", "--require", "landlock")
    assert refused.code == 3 and refused.out == "" and "landlock is not active here, so nothing was run" in refused.err
    unknown = tutor("grade", "random-bits", "--require", "nonsense")
    assert unknown.code == 2 and "'nonsense' is no layer; there are session" in unknown.err


@pytest.mark.parametrize("words", [[], ["--file", "x", "a", "b"], ["random-bits", "--seed", "-1"]], ids=" ".join)
def test_bad_usage_is_two(words: list[str]) -> None:
    done = tutor("grade", *words)
    assert done.code == 2 and done.out == "" and done.err


# --- answering ----------------------------------------------------------------------------------------------------


def test_a_question_is_shown_in_the_order_that_stays() -> None:
    first, second = tutor("answer", "mixed-list.why"), tutor("answer", "mixed-list.why")
    assert first == second and first.code == 0
    assert "  one-dtype: All entries" in first.out and parts()["mixed-list.why"]["attempts"] == 0


def test_a_choice() -> None:
    wrong = tutor("answer", "mixed-list.why", "numpy-first")
    assert wrong.code == 1 and "not yet, 0 of 1" in wrong.out and "array of strings" in wrong.out
    right = tutor("answer", "mixed-list.why", "one-dtype")
    assert right.code == 0 and "[+] why: passed, 1 of 1" in right.out
    assert parts()["mixed-list.why"]["attempts"] == 2


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("mixed-list.why", "one-dtyp", "'one-dtyp' is none of the options"),
        ("mixed-list.why", "-3", "'-3' is none of the options"),
        ("broadcast-pairs.compatible", "a-b,zz", "'zz' is none of the options"),
        ("broadcast-pairs.sizes", "2x5x2", 'Write "A-B=.., A-C=.."'),
        ("broadcast-pairs.sizes", "A-B=two", "A-B: Answer with a size such as 2x5x2, or none"),
    ],
)
def test_a_slip_of_the_hand_costs_no_attempt(home: Path, question: str, value: str, sentence: str) -> None:
    done = tutor("answer", question, value)
    assert done.code == 2 and done.out == "" and sentence in done.err
    assert parts()[question]["attempts"] == 0 and not list(home.rglob("answers.yaml"))


def test_several_options() -> None:
    right = "a-c,a-e,b-c,b-e,b-f,c-d,c-e,c-f,d-e,e-f"
    done = tutor("answer", "broadcast-pairs.compatible", right.replace(",e-f", ""))
    assert done.code == 1 and 0 < parts()["broadcast-pairs.compatible"]["score"] < 3
    assert tutor("answer", "broadcast-pairs.compatible", right).code == 0


def test_a_table_has_partial_credit(home: Path) -> None:
    done = tutor("answer", "broadcast-pairs.sizes", TABLE.replace("E-F=5x3", "E-F=1").replace("C-D=5x5", "C-D=5x1"))
    assert done.code == 1 and "4.33 of 5" in done.out and "Both can be expanded at once" in done.out
    assert tutor("answer", "broadcast-pairs.sizes", TABLE).code == 0
    (file,) = home.rglob("answers.yaml")
    kept = yaml.safe_load(file.read_text())["broadcast-pairs"]["sizes"]
    assert kept["value"]["A-C"] == "2x5x2" and isinstance(kept["nonce"], int)


def test_answers_count_when_the_exercise_is_graded() -> None:
    start("mixed-list", CONVERT)
    tutor("answer", "mixed-list.why", "one-dtype")
    done = tutor("grade", "mixed-list")
    assert done.code == 0 and "passed, 4 of 4" in done.out


@pytest.mark.parametrize("question", ["mixed-list", "mixed-list.convert"])
def test_what_is_not_answered_with_a_value_says_what_is(question: str) -> None:
    done = tutor("answer", question, "x")
    assert done.code == 2 and "in mixed-list these are: mixed-list.why." in done.err


# --- help with it -------------------------------------------------------------------------------------------------


def test_the_hint_ladder_ends() -> None:
    seen = [tutor("hint", "random-bits") for _ in range(5)]
    assert len({done.out for done in seen}) == 5 and all(done.code == 0 for done in seen)
    assert "4 more hints, the last one is the solution." in seen[0].err
    assert "That was the last hint." in seen[4].err and "torch.randint(0, 2, shape" in seen[4].out
    after = tutor("hint", "random-bits.bits")
    assert "all 5 hints have been shown" in after.err and all(done.out in after.out for done in seen)
    assert parts()["random-bits.bits"]["hints"] == 5


def test_no_hints_are_said() -> None:
    assert tutor("hint", "mixed-list.why").err == "mixed-list.why: there are no hints.\n"


def test_the_solution_is_for_those_who_passed_or_give_up() -> None:
    refused = tutor("solution", "random-bits")
    assert refused.code == 1 and refused.out == "" and "dl-tutor solution random-bits --give-up" in refused.err
    shown = tutor("solution", "random-bits", "--give-up")
    assert shown.code == 0 and "torch.randint(0, 2, shape, generator=generator)" in shown.out
    assert "Another way:" in shown.out and "@mistake" not in shown.out and "Finding" not in shown.out
    start("random-bits", RIGHT)
    tutor("grade", "random-bits")
    assert tutor("solution", "random-bits").out == shown.out


# --- progress -----------------------------------------------------------------------------------------------------


def test_progress_in_words_and_in_json() -> None:
    tutor("answer", "mixed-list.why", "one-dtype")
    tutor("hint", "random-bits")
    words = tutor("progress")
    assert words.code == 0 and words.err == ""
    assert "[-] mixed-list: 1 of 4 points" in words.out and "      why: passed (1 attempt)" in words.out
    assert "      bits: new (0 attempts, 1 hint)" in words.out and words.out.endswith("1 of 20 points\n")
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
    assert taken.code == 0 and "0 known already" in taken.err
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
        (("import", tmp_path / "text"), "line 1: no header of an exported progress"),
        (("import", tmp_path / "absent"), "does not exist"),
    ]:
        done = tutor("progress", *words)
        assert done.code == 2 and done.out == "" and sentence in done.err


# --- the machine and the course -----------------------------------------------------------------------------------


def test_doctor() -> None:
    done = tutor("doctor", "--json", EDITOR="no-such-editor")
    report = done.data
    assert done.code == 0 and report["ok"] and report["level"] == 1
    assert report.keys() == {"ok", "level", "layers", "checks", "versions", "system"}
    assert {"session", "landlock"} <= {layer["name"] for layer in report["layers"]}
    assert [one["ok"] for one in report["checks"] if one["name"] == "editor"] == [False]


def test_doctor_in_words_says_what_does_not_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = tutor("doctor", DL_TUTOR_HOME=str(tmp_path / "file"))
    assert done.code == 1 and "PROBLEM" in done.out and "does not work" in done.out.splitlines()[-1]
    assert "sandbox: level 1" in done.out and "off      landlock: " in done.out


# --- imports ------------------------------------------------------------------------------------------------------

HEAVY = ("torch", "numpy", "torchvision", "datasets", "sklearn")
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


def test_python_m_grader_knows_no_tutor_and_says_the_same(tmp_path: Path) -> None:
    loaded = modules("grader.__main__", "random-bits", "--file", "-")
    assert "grader" in loaded and not loaded & {*HEAVY, "tutor", "textual"}
    words = ["random-bits", "--file", "-", "--seed", "11", "--format", "json"]
    own = tutor("grade", *words, stdin=WRONG).data
    done = subprocess.run(
        [sys.executable, "-m", "grader", *words], input=WRONG, capture_output=True, text=True, timeout=120, cwd=tmp_path
    )
    assert done.returncode == 1
    same = json.loads(done.stdout)
    assert own.pop("seconds") and same.pop("seconds")
    assert own == same
    assert parts()["random-bits.bits"]["attempts"] == 1
