"""What makes a kept proof stale."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.proof import claims


def test_what_only_asks_or_shows_makes_no_proof_stale_and_is_imported_by_nothing_that_does() -> None:
    room = Path(claims.__file__).parents[1]
    above = {f"grader.{name.removesuffix('.py')}" for name in claims.ABOVE}
    assert {path.name for path in room.iterdir()} >= set(claims.ABOVE) - {"batch"}
    for path in room.rglob("*.py"):
        if path.relative_to(room).parts[0] in claims.ABOVE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [f"{node.module}.{one.name}" for one in node.names] if isinstance(node, ast.ImportFrom) else []
            wrong = [name for name in names if any(name == one or name.startswith(f"{one}.") for one in above)]
            assert not wrong, f"{path}: {wrong}"


def test_how_kernels_are_watched_decides_where_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "watching").mkdir()
    (tmp_path / "watching" / "memory.py").write_text("one = 1\n")
    plain, kernel = tmp_path / "plain.py", tmp_path / "kernel.py"
    plain.write_text("import torch\n")
    kernel.write_text("import triton\n")
    before = [claims.digest_of([file], {}) for file in (plain, kernel)]
    monkeypatch.setattr(claims, "WATCHING", tmp_path / "watching")
    after = [claims.digest_of([file], {}) for file in (plain, kernel)]
    assert before[0] == after[0] and before[1] != after[1]
