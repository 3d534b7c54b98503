"""The verdict as an interface: its JSON and its plain lines, byte for byte.

The golden files are made from the records below, not from runs. `UPDATE_GOLDEN=1` rewrites them; then look at the
difference, for scripts read it too: a field that changes its name or meaning makes another FORMAT.
"""

from __future__ import annotations

import itertools
import json as plain_json
import os
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.records.verdict import (
    FORMAT,
    SEVERITY,
    Check,
    Diagnosis,
    LoggedCurve,
    Output,
    PartVerdict,
    Sandbox,
    Status,
    Verdict,
    from_json,
    number,
    to_json,
    worst,
)
from grader.report import fold, json, text

GOLDEN = Path(__file__).parent / "golden"
LAYERS = ("session", "rlimits", "landlock", "seccomp")
LEVEL_2 = Sandbox(level=2, layers=LAYERS, landlock_abi=7)
VERSIONS = {"dl-tutor": "0.1.0", "python": "3.11.7", "torch": "2.13.0"}


def verdict(*parts: PartVerdict, **fields: Any) -> Verdict:
    return Verdict(
        exercise="bn-backward",
        score=sum(part.score for part in parts),
        max=sum(part.max for part in parts),
        parts=parts,
        status=worst([part.status for part in parts]),
        **{"seconds": 0.25, "seed": 7, "sandbox": LEVEL_2, "versions": VERSIONS, **fields},
    )


def part(status: Status, *checks: Check, score: float = 0.0, **fields: Any) -> PartVerdict:
    return PartVerdict(part="dx", kind="derivation", status=status, score=score, max=6.0, checks=checks, **fields)


def check(status: Status, label: str = "batch of 2", **fields: Any) -> Check:
    return Check(label=label, status=status, score=float(status == "passed"), max=1.0, **fields)


WRONG = check(
    "failed",
    message="3 of 10 elements differ; the first is dx[3, 0]: 0.5 where 0.25 was expected",
    expected="0.25",
    got="0.5",
    where="dx[3, 0]",
    share=0.3,
    abs=0.25,
    rel=1.0,
    diagnosis=(Diagnosis(name="ignores-mean", message="Treats the batch mean as a constant."),),
    hint="Your gradient does not sum to zero over the batch: x also moves the mean.",
)
OBSERVED = check(
    "failed",
    "batch of 2: unchanged inputs",
    cls="observation",
    message="Your code changed its input in place.",
)
VERDICTS: dict[str, Verdict] = {
    "passed": verdict(
        part("passed", check("passed"), check("passed", "batch of 7"), score=6.0, message="Judged as: The other one."),
        output=Output(head="a first line\n<b>&\n"),
    ),
    "failed": verdict(
        part("failed", WRONG, OBSERVED, check("passed", "batch of 7"), score=2.0),
        PartVerdict(
            part="why",
            kind="choice",
            status="failed",
            score=0.0,
            max=1.0,
            checks=(check("failed", "choice", message="It is that number.", got="The mean of one number"),),
        ),
    ),
    "error": verdict(
        part("error", *(check("error", f"case {n}", message="NameError: x", where="line 7") for n in range(1, 4))),
        output=Output(head="begins", tail="ends", omitted=1234),
    ),
    "curves": verdict(
        PartVerdict(
            part="train",
            kind="experiment",
            status="passed",
            score=6.0,
            max=6.0,
            checks=(check("passed"),),
            curves=(
                LoggedCurve(
                    name="cost",
                    steps=(0, 1, 2),
                    values=(0.75, 0.5, "nan"),
                    reference_steps=(0, 1, 2),
                    reference_values=(0.75, 0.5, 0.25),
                ),
            ),
        )
    ),
    "timeout": verdict(
        part(
            "timeout",
            check("timeout", message="Your code was stopped: it computed longer than this exercise allows (2 s)."),
            check("failed", "batch of 7", message="Not run: your code had been stopped before."),
        ),
        sandbox=Sandbox(level=1, layers=LAYERS[:2]),
    ),
    "grader_error": verdict(part("grader_error", message="The exercise itself is at fault: reference.py:5: ...")),
    "skipped": verdict(
        part("skipped", message="Skipped: it needs gpu, which is not active here."),
        sandbox=Sandbox(level=0, layers=()),
        versions={"dl-tutor": "0.1.0", "python": "3.11.7"},
    ),
}


def is_golden(name: str, data: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert path.is_file(), f"{name} is missing: run with UPDATE_GOLDEN=1 and look at it"
    assert data.decode() == path.read_bytes().decode()


@pytest.mark.parametrize("name", VERDICTS)
def test_json_is_what_it_was(name: str) -> None:
    is_golden(f"{name}.json", to_json(VERDICTS[name]))
    assert from_json((GOLDEN / f"{name}.json").read_bytes()) == VERDICTS[name]


@pytest.mark.parametrize("name", VERDICTS)
def test_plain_lines_are_what_they_were(name: str) -> None:
    shown = text.render(VERDICTS[name], replay="dl-tutor grade bn-backward --seed 7")
    is_golden(f"{name}.txt", shown.encode())


def test_several_verdicts_have_an_envelope() -> None:
    is_golden("many.json", json.render([VERDICTS["skipped"], VERDICTS["error"]], many=True))
    assert json.render([VERDICTS["error"]], many=False) == to_json(VERDICTS["error"])
    assert plain_json.loads(json.render([], many=True)) == {"format": FORMAT, "status": "passed", "verdicts": []}


def test_every_golden_file_is_tested() -> None:
    names = {f"{name}.{form}" for name, form in itertools.product(VERDICTS, ("json", "txt"))} | {"many.json"}
    assert {path.name for path in GOLDEN.iterdir()} == names


# --- the worst ----------------------------------------------------------------------------------------------------


def test_severity_ranks_every_status_once() -> None:
    assert sorted(SEVERITY) == sorted(get_args(Status))


@given(st.lists(st.sampled_from(SEVERITY)))
def test_the_worst_of_some(statuses: list[Status]) -> None:
    found = worst(statuses)
    if not statuses:
        assert found == "passed"
    elif set(statuses) == {"passed", "skipped"}:
        assert found == "passed"  # what was skipped keeps nothing from passing
    else:
        assert found in statuses and all(SEVERITY.index(found) <= SEVERITY.index(one) for one in statuses)


# --- there and back -----------------------------------------------------------------------------------------------

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(max_size=20)
CHECKS = st.builds(
    Check,
    label=TEXTS,
    cls=st.sampled_from(["value", "observation"]),
    status=st.sampled_from(SEVERITY),
    score=NUMBERS,
    max=NUMBERS,
    expected=st.none() | TEXTS,
    share=st.none() | NUMBERS,
    diagnosis=st.lists(st.builds(Diagnosis, name=TEXTS, message=TEXTS), max_size=2).map(tuple),
)
PARTS = st.builds(
    PartVerdict,
    part=TEXTS,
    kind=TEXTS,
    status=st.sampled_from(SEVERITY),
    score=NUMBERS,
    max=NUMBERS,
    checks=st.lists(CHECKS, max_size=3).map(tuple),
)


@given(st.lists(PARTS, max_size=3), st.builds(Output, head=TEXTS, tail=TEXTS, omitted=st.integers(0, 1 << 40)))
def test_a_verdict_comes_back_from_json_as_it_was(parts: list[PartVerdict], output: Output) -> None:
    before = verdict(*parts, output=output) if parts else VERDICTS["passed"]
    before = msgspec.structs.replace(before, score=0.5, max=1.5)
    assert from_json(to_json(before)) == before


@pytest.mark.parametrize(
    "spoiled",
    [
        {"format": 2},
        {"format": "1"},
        {"status": "fine"},
        {"parts": {}},
        {"score": "all"},
        {"exercise": None},
        {"sandbox": {"level": "high", "layers": []}},
    ],
)
def test_what_is_no_verdict_of_this_format_is_refused(spoiled: dict[str, Any]) -> None:
    data = plain_json.loads(to_json(VERDICTS["passed"]))
    assert from_json(plain_json.dumps(data)) == VERDICTS["passed"]
    with pytest.raises(msgspec.ValidationError):
        from_json(plain_json.dumps(data | spoiled))


# --- plain lines --------------------------------------------------------------------------------------------------


def test_many_failures_are_told_once_and_shortly() -> None:
    alike = [check("failed", f"case {n}", message="It is None.") for n in range(12)]
    others = [check("failed", f"odd {n}", message=f"It is {n}.") for n in range(6)]
    shown = text.render(verdict(part("failed", *alike, *others)))
    assert shown.count("It is None.") == 1 and "the same with: case 1, case 2" in shown and "and 3 more" in shown
    assert "also not passed: odd 3, odd 4, odd 5" in shown and "0 of 18 checks passed" in shown


def test_what_was_given_to_several_is_told_once() -> None:
    one, other, last = (check("failed", f"case {n}", message=f"It is {n}.") for n in range(3))
    checks = [msgspec.structs.replace(one, input="x = 1") for one in (one, other)]
    shown = text.render(verdict(part("failed", *checks, msgspec.structs.replace(last, input="x = 2"))))
    assert [line.strip() for line in shown.splitlines() if "given" in line] == [
        "given: x = 1",
        "given: the same",
        "given: x = 2",
    ]


def test_a_replay_is_offered_only_where_code_ran_and_something_is_wrong() -> None:
    offered = [name for name in VERDICTS if "again: X" in text.render(VERDICTS[name], replay="X")]
    assert offered == ["failed", "error", "timeout", "grader_error"]
    assert not any("again" in text.render(one) for one in VERDICTS.values())


@pytest.mark.parametrize(("value", "shown"), [(4.0, "4"), (2.5, "2.5"), (1 / 3, "0.33"), (0.0, "0"), (100.0, "100")])
def test_scores_have_no_needless_zeros(value: float, shown: str) -> None:
    assert number(value) == shown


def test_every_status_has_a_word() -> None:
    assert fold.WORDS.keys() == set(SEVERITY)
