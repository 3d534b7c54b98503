"""docs/verdict.md says what the code does: its tables are compared with the records and tables of the code."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import msgspec
import pytest

from grader.command import exit
from grader.judge import compare
from grader.records import verdict
from grader.sandbox.endings import EARLY, REASONS, SIGNALS, ending

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "verdict.md").read_text(encoding="utf-8")


def table(*head: str) -> list[list[str]]:
    """The rows of the one table with this head; the marks of code are taken off."""
    found = [rows for rows in tables() if rows[0] == list(head)]
    assert len(found) == 1, head
    return found[0][1:]


def tables(text: str = TEXT) -> list[list[list[str]]]:
    blocks = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    rows = [
        [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in b.splitlines()] for b in blocks
    ]
    return [[block[0], *block[2:]] for block in rows]


def section(title: str) -> str:
    return TEXT.split(f"### {title}\n")[1].split("\n#")[0]


RECORDS: dict[str, type[msgspec.Struct]] = {
    "Verdict": verdict.Verdict,
    "Part": verdict.PartVerdict,
    "Curve": verdict.LoggedCurve,
    "Check": verdict.Check,
    "Diagnosis": verdict.Diagnosis,
    "Output": verdict.Output,
    "Data": verdict.DataUse,
    "Sandbox": verdict.Sandbox,
}


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_is_documented_in_its_order(name: str) -> None:
    (rows,) = tables(section(name))
    assert [row[0] for row in rows[1:]] == [field.encode_name for field in msgspec.structs.fields(RECORDS[name])]


def test_the_format_is_the_codes() -> None:
    assert (
        f"**format {verdict.FORMAT}**" in TEXT
        and ["format", str(verdict.FORMAT)] == tables(section("Verdict"))[0][1][:2]
    )


def test_every_status_is_documented_and_ranked() -> None:
    assert [row[0] for row in table("status", "meaning", "whose")] == list(reversed(verdict.SEVERITY))
    ranking = TEXT.split("From the worst on:\n")[1].split(" - except")[0]
    assert re.findall(r"`(\w+)`", ranking) == list(verdict.SEVERITY)


def test_the_hosts_reasons() -> None:
    assert {row[0]: (row[1], row[2]) for row in table("reason", "status", "said")} == dict(REASONS)


def test_the_exits() -> None:
    rows = {row[0]: (row[1], row[2]) for row in table("exit", "status", "said")}
    assert rows.pop("any other signal") == ending(-signal.SIGSEGV, None, ready=True)
    assert rows.pop("any other status") == ending(0, None, ready=True)
    known = {signal.Signals(number).name: found for number, found in SIGNALS.items()}
    assert rows == known | {f"status {code}, before it is ready": found for code, found in EARLY.items()}
    for code in EARLY:
        assert ending(code, None, ready=False) == EARLY[code]
        assert ending(code, None, ready=True).status == "crashed"


def test_the_exit_codes() -> None:
    codes = [int(row[0]) for row in table("code", "meaning")]
    assert codes == [exit.PASSED, exit.FAILED, exit.USAGE, exit.GRADER, exit.STOPPED]


def test_the_tolerances() -> None:
    rows = {row[0]: (float(row[1]), float(row[2])) for row in table("dtype", "rtol", "atol")}
    assert rows.pop("Python float") == compare.SCALAR
    assert rows == {str(dtype).removeprefix("torch."): pair for dtype, pair in compare.TOLERANCE.items()}
    assert {row[0]: float(row[1]) for row in table("operation", "factor")} == compare.OPERATION
