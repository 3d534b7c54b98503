"""The measure of fairness: what an answer says of itself, what a verdict told it, and what the course makes of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fairness.__main__ import judged, main
from benchmarks.fairness.answer import FOLDER, HeaderError, answers, fate
from grader.grading import Grader
from tests.turns import day
from tutor.authoring.proofs import has_its_turn

HEADS = (
    "",
    "# right",
    "# wrong: w\n# part: p",
    "# right\n# wrong: w\n# says: s\n# part: p",
    "# right\n# says: s\n# part: p",
)


def write(folder: Path, name: str, head: str, body: str) -> None:
    path = folder / "mixed-list" / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n\nimport torch\n\n\ndef describe_conversion(items):\n    {body}\n")


@pytest.mark.parametrize("head", HEADS)
def test_an_answer_says_whether_it_is_right_and_what_would_name_its_mistake(tmp_path: Path, head: str) -> None:
    write(tmp_path, "wrong-one", head, "pass")
    with pytest.raises(HeaderError, match=r"mixed-list/wrong-one.py:1: the first lines are"):
        list(answers(tmp_path))


@pytest.mark.slow
def test_an_answer_passes_or_is_told_its_mistake_or_what_differs_or_another_mistake(
    grader: Grader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = "# wrong: lets exceptions out\n# says: {}\n# part: convert"
    write(tmp_path, "a-right", "# right\n# part: convert", "return (torch.is_tensor(items), None) if 1 else 0")
    write(tmp_path, "b-wrong", wrong.format("ValueError|TypeError"), "return True, torch.tensor(items).dtype")
    write(tmp_path, "c-wrong", wrong.format("nobody says this"), "return 'neither', 'nor'")
    found = {one.path.stem: fate(one, verdict) for one, verdict in judged(answers(tmp_path), grader)}
    assert found["b-wrong"] == "named"
    assert {found["a-right"], found["c-wrong"]} <= {"described", "misled"}
    assert main(["--answers", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "mixed-list/a-right.py: " in said
    assert "mixed-list/b-wrong.py" not in said
    assert "right answers in other styles: 1, rejected: 1\nwrong answers: 2, passed: 0 (0.0%)\n" in said
    assert "of 2 rejected, told their mistake: 1 (50.0%)\n" in said


@pytest.mark.slow
def test_no_right_answer_is_rejected_and_no_wrong_one_passes(grader: Grader) -> None:
    """An eighth of them each day; `make fairness` judges all."""
    todays = [one for one in answers() if has_its_turn(str(one.path.relative_to(FOLDER)), 8, day())]
    unfair = [
        one.path.name
        for one, verdict in judged(todays, grader, near=False)
        if one.right != (fate(one, verdict) == "passed")
    ]
    assert len(todays) > 50
    assert unfair == []
