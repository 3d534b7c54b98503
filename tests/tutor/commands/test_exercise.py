"""The verbs around an exercise, in a process of their own: files, grading, answers, hints, the solution."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tutor.process import CONVERT, RIGHT, TABLE, WRONG, parts, start, tutor

# --- the learner's file -----------------------------------------------------------------------------------------------


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


# --- grading ----------------------------------------------------------------------------------------------------------


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


def test_the_same_failure_twice_offers_the_next_hint_and_what_was_told_is_recorded() -> None:
    offer = "random-bits.bits: the same failure twice. The next hint costs nothing: dl-tutor hint random-bits.bits\n"
    start("random-bits", WRONG)
    assert tutor("grade", "random-bits").err == ""
    assert tutor("grade", "random-bits").err == offer
    start("random-bits", "def random_bits(shape, generator=None):\n    return 1 / 0\n")
    assert tutor("grade", "random-bits").err == ""  # another failure
    while "have been shown" not in tutor("hint", "random-bits").err:
        pass
    assert tutor("grade", "random-bits").err == ""  # no rung is left to offer


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
    assert verdict["sandbox"]["level"] >= 1
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
    refused = tutor("grade", "random-bits", "--require", "namespaces")
    assert refused.code == 3 and refused.out == ""
    assert "namespaces is not active here, so nothing was run" in refused.err
    unknown = tutor("grade", "random-bits", "--require", "nonsense")
    assert unknown.code == 2 and "'nonsense' is no layer; there are session" in unknown.err


@pytest.mark.parametrize("words", [[], ["--file", "x", "a", "b"], ["random-bits", "--seed", "-1"]], ids=" ".join)
def test_bad_usage_is_two(words: list[str]) -> None:
    done = tutor("grade", *words)
    assert done.code == 2 and done.out == "" and done.err


# --- answering --------------------------------------------------------------------------------------------------------


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


# --- help with it -----------------------------------------------------------------------------------------------------


def test_the_hint_ladder_ends() -> None:
    seen = [tutor("hint", "random-bits") for _ in range(4)]
    assert len({done.out for done in seen}) == 4 and all(done.code == 0 for done in seen)
    assert "3 more hints, the last one is the solution." in seen[0].err
    assert "That was the last hint." in seen[3].err and "torch.randint(0, 2, shape" in seen[3].out
    after = tutor("hint", "random-bits.bits")
    assert "all 4 hints have been shown" in after.err and all(done.out in after.out for done in seen)
    assert parts()["random-bits.bits"]["hints"] == 4
    (given_up,) = [one for one in json.loads(tutor("progress", "--json").out)["exercises"] if one["solution"]]
    assert given_up["id"] == "random-bits"  # the last hint is the solution, on the screen as here


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


def test_a_note_grows_and_is_shown_again(home: Path) -> None:
    none = tutor("note", "random-bits")
    assert none.code == 0 and none.out == "" and "There is no note on random-bits" in none.err
    assert tutor("note", "random-bits", "One byte each.").code == 0
    added = tutor("note", "random-bits", "-", stdin="Not one bit.\n")
    assert added.code == 0 and str(home / "workspace") in added.err
    assert tutor("note", "random-bits").out == "One byte each.\nNot one bit.\n"
    assert "Your note:\n  One byte each.\n  Not one bit." in tutor("start", "random-bits").err
    empty = tutor("note", "random-bits", " ")
    assert empty.code == 2 and "nothing to add" in empty.err
