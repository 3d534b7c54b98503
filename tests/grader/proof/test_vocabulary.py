"""The words that a hint's `when` may name are those that verdicts say, and are known without torch."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from grader.judge import compare, trial
from grader.judge.findings import BY_NAME
from grader.judge.findings.behaviour import ALL
from grader.judge.findings.reliance import ALL as RELIANCE
from grader.judge.findings.sequence import ALL as SEQUENCE
from grader.proof import vocabulary


def test_the_findings_read_off_the_text_are_the_ones_there_are() -> None:
    made = BY_NAME.keys() | {finding.name for finding in (*ALL, *RELIANCE, *SEQUENCE)}
    folder = Path(compare.__file__).parent / "findings"
    assert vocabulary.named_in(folder) == made
    assert made < vocabulary.findings() and "forbidden-call" in vocabulary.findings()


def test_every_failure_class_of_comparison_is_known() -> None:
    said = set()
    for module, maker, place in ((compare, "Difference", 0), (compare, "_difference", 0), (trial, "Deviation", 1)):
        assert module.__file__ is not None
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name), args=args) if name == maker and len(args) > place:
                    if isinstance(args[place], ast.Constant):
                        said.add(args[place].value)  # type: ignore[attr-defined]
    assert said <= vocabulary.FAILURES and {"shape", "dtype", "device", "raises"} <= said


def test_statuses_are_those_of_a_part_that_went_wrong() -> None:
    assert {"failed", "error", "timeout", "memory", "crashed", "forbidden"} == vocabulary.STATUSES


def test_no_torch_is_imported_to_know_them() -> None:
    script = "import sys; from grader.proof.vocabulary import names; assert names() and 'torch' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0
