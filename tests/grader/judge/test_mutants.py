"""The judges are judged: each of these small breakages of comparison and diagnosis is caught by their own tests.

A mutant is a piece of source and what it is replaced with. The tests run on a copy of the grader in a process of
its own (`mutant_server.py`); a mutant that survives them is a hole in them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TESTS = (*(f"judge/test_{name}.py" for name in ("compare", "findings", "region", "gradcheck")), "spec/test_finding.py")

pytestmark = pytest.mark.slow

MUTANTS: list[tuple[str, str, str]] = [
    # comparison
    ("judge/compare.py", "if got.shape != expected.shape:", "if got.numel() != expected.numel():"),
    ("judge/compare.py", "if got.dtype != expected.dtype:", "if False:"),
    ("judge/compare.py", "rtol * size + atol * scale", "rtol * size + atol * scale + 1e-2"),
    ("judge/compare.py", "rtol * size + atol * scale", "rtol * size + atol"),
    ("judge/compare.py", "rtol * size + atol * scale", "atol * scale"),
    ("judge/compare.py", "    if bool(wild.any()):\n", "    if False:\n"),
    ("judge/compare.py", "(torch.isnan(mine_wide) & torch.isnan(right_wide))", "torch.isnan(right_wide)"),
    ("judge/compare.py", "(torch.isnan(mine_wide) & torch.isnan(right_wide))", "torch.isnan(mine_wide)"),
    ("judge/compare.py", "alike = (mine_wide == right_wide) |", "alike ="),
    ("judge/compare.py", "if len(got) != len(expected):", "if len(got) < len(expected) - 9:"),
    ("judge/compare.py", "if missing or extra:", "if extra:"),
    (
        "judge/compare.py",
        "    if type(got) is not type(expected):\n        return _type(got, expected, where)\n    if got",
        "    if got",
    ),
    ("judge/compare.py", "if type(got) is not type(expected) and not whole:", "if False:"),
    ("judge/compare.py", "whole = type(got) is int and type(expected) is float", "whole = True"),
    (
        "judge/compare.py",
        "tuple[float, float]] = {\n    torch.float64: (1e-10, 1e-12)",
        "tuple[float, float]] = {\n    torch.float64: (1e-3, 1e-3)",
    ),
    ("judge/compare.py", '"matmul": 10.0', '"matmul": 1.0'),
    (
        "judge/compare.py",
        "index = tuple(int(i) for i in wrong.nonzero()[0])",
        "index = tuple(int(i) for i in wrong.nonzero()[-1] * 0)",
    ),
    ("judge/compare.py", "count / total", "1 - count / total"),
    ("judge/compare.py", "(error[size > 0] / size[size > 0]).max()", "(error[size > 0] / size[size > 0]).min()"),
    ("judge/compare.py", "inner = names[index] if index < len(names)", "inner = names[0] if index < len(names)"),
    ("judge/compare.py", "    if isinstance(expected, Opaque):\n        raise", "    if False:\n        raise"),
    # form
    ("judge/findings/form.py", "got.transpose(-1, -2), pair.expected", "got, pair.expected"),
    ("judge/findings/form.py", "got.permute(*reversed(range(got.dim())))", "got.permute(*range(got.dim()))"),
    ("judge/findings/form.py", "flat and n > 1 and got.shape == (n, n)", "flat and n > 1 and got.numel() == n"),
    ("judge/findings/form.py", "or not alike(got.squeeze(), expected.squeeze())", ""),
    ("judge/findings/form.py", "right != mine and varied", "varied"),
    ("judge/findings/form.py", "(right.trunc(), right.floor())", "(right.floor(),)"),
    ("judge/findings/form.py", "or bool((right == right.trunc()).all())", ""),
    ("judge/findings/form.py", "or not alike(_plain(got), _plain(expected))", ""),
    # scale
    ("judge/findings/scale.py", "alike(-both[0], both[1])", "alike(both[0], -2 * both[1])"),
    ("judge/findings/scale.py", "if factor and alike(got, factor * expected)", "if factor"),
    ("judge/findings/scale.py", "(n / (n - 1)) ** power", "(n / (n + 1)) ** power"),
    ("judge/findings/scale.py", 'read("sum-for-mean", n,', 'read("sum-for-mean", n + 1,'),
    ("judge/findings/scale.py", "root = math.sqrt(n)", "root = math.sqrt(n + 1)"),
    ("judge/findings/scale.py", 'pair.op == "grads"', "True"),
    ("judge/findings/scale.py", "if alike(rest, grown) or alike(-rest, grown):", "if alike(rest, grown):"),
    ("judge/findings/scale.py", "if alike(rest, rest.mean().expand_as(rest)):", "if True:"),
    ("judge/findings/scale.py", "alike(got / total, expected)", "True"),
    ("judge/findings/scale.py", "not mine & right", "mine & right"),
    ("judge/findings/scale.py", "alike(both[0].log(), both[1])", "True"),
    ("judge/findings/scale.py", "0 < error < 2e-3", "0 < error < 2e-1"),
    ("judge/findings/scale.py", "alike(1 / both[0], both[1])", "alike(1 / both[0], -both[1])"),
    # layout and finiteness
    ("judge/findings/layout.py", "alike(pair.got, pair.expected.abs())", "alike(pair.got.abs(), pair.expected.abs())"),
    ("judge/findings/layout.py", "alike(pair.got.flip(dim), pair.expected)", "alike(pair.got, pair.expected)"),
    (
        "judge/findings/layout.py",
        "alike(late, expected.narrow(dim, 0, size - by))",
        "alike(late, expected.narrow(dim, by, size - by))",
    ),
    ("judge/findings/layout.py", "if abs(more) != 1", "if abs(more) != 2"),
    ("judge/findings/layout.py", "right.clamp(low, high)", "right.clamp(low, high + 1)"),
    ("judge/findings/layout.py", "kernel.flip(*range(kernel.dim()))", "kernel.flip(0)"),
    ("judge/findings/layout.py", "wide(got).reshape(-1).sort().values, wide", "wide(got).reshape(-1), wide"),
    ("judge/findings/finiteness.py", "if _broken(pair) is not None and large:", "if _broken(pair) is not None:"),
    ("judge/findings/finiteness.py", "== -torch.inf).all()", "!= -torch.inf).all()"),
    ("judge/findings/finiteness.py", "torch.isinf(wide(pair.expected)) & ", ""),
    ("judge/findings/value_pair.py", "CLOSE = 1e-4", "CLOSE = 0.5"),
    ("judge/findings/__init__.py", "if all(sentences) and sentences[0]:", "if any(sentences) and sentences[0]:"),
    # gradient check
    ("judge/gradcheck.py", "LIMIT = 1e-5", "LIMIT = 1e-3"),
    ("judge/gradcheck.py", "/ (2 * self.step)", "/ self.step"),
    ("judge/gradcheck.py", "(self.above - self.below)", "(self.above + self.below)"),
    ("judge/gradcheck.py", "return self.compared > 0 and self.error <= LIMIT", "return self.error <= LIMIT"),
    ("judge/gradcheck.py", "return self.compared > 0 and self.error <= LIMIT", "return self.compared > 0"),
    ("judge/gradcheck.py", "max(abs(mine), abs(slope), floor)", "max(abs(mine), abs(slope))"),
    ("judge/gradcheck.py", "max(abs(mine), abs(slope), floor)", "max(abs(mine), abs(slope), 1.0)"),
    ("judge/gradcheck.py", "if error > LIMIT and _kinked", "if False and _kinked"),
    ("judge/gradcheck.py", "if math.isfinite(mine) else math.inf", "if True else math.inf"),
    ("judge/gradcheck.py", "or error > worst.error", "or error <= worst.error"),
    ("judge/gradcheck.py", "return differ and min(", "return differ or min("),
    (
        "judge/gradcheck.py",
        "return differ and min(abs(claimed - left), abs(claimed - right)) <= SLACK * scale",
        "return differ",
    ),
    ("judge/gradcheck.py", "differ = abs(left - right) > 4 * SLACK * scale", "differ = True"),
    ("judge/gradcheck.py", "if result.numel() > 1 and bool((cotangent == cotangent.flatten()[0]).all()):", "if False:"),
    ("judge/gradcheck.py", "if cotangent.shape != result.shape:", "if False:"),
    ("judge/gradcheck.py", "value.dtype is not torch.float64:", "False:"),
    (
        "judge/gradcheck.py",
        "reduced = (result * cotangent).sum()",
        "reduced = result.sum()",
    ),
    ("judge/gradcheck.py", "value.shape == shape and not", "value.numel() == shape.numel() and not"),
    ("judge/gradcheck.py", "if [row[0] for row in rows] != places(claimed.numel(), fractions):", "if False:"),
    (
        "judge/gradcheck.py",
        "        if one.shape != cotangent.shape:\n            raise",
        "        if False:\n            raise",
    ),
    # checks of training
    ("spec/finding.py", "last <= to * first", "last <= first"),
    ("spec/finding.py", "if not math.isfinite(value)), None)", "if value < 0), None)"),
    ("spec/finding.py", "if values[-1] < below:", "if min(values) < below:"),
    ("spec/finding.py", "accuracy > baseline and", "accuracy >= baseline and"),
    ("spec/finding.py", "accuracy >= baseline + by", "accuracy >= by"),
    ("spec/finding.py", "if len(guesses) != len(right):", "if False:"),
    # region
    ("judge/region.py", "if count == 1 and len(hit) > 1:", "if count == 2 and len(hit) > 1:"),
    ("judge/region.py", "if all(hit[-count:]):", "if all(hit[:count]):"),
    ("judge/region.py", "wrong[..., 1:-1, 1:-1]", "wrong[..., 2:-2, 2:-2]"),
    ("judge/region.py", "== [i % 2 == start", "== [i % 2 != start"),
]


Server = subprocess.Popen[str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    command = [sys.executable, "-P", str(Path(__file__).with_name("mutant_server.py"))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        yield process
        process.stdin.close()


def code_of(server: Server, folder: Path) -> int:
    """What pytest says of the tests with the package in `folder`: 0 passed, 1 failed."""
    assert server.stdin is not None and server.stdout is not None
    tests = [str(ROOT / "tests" / "grader" / name) for name in TESTS]
    print(folder, *tests, sep="\t", file=server.stdin, flush=True)
    return int(server.stdout.readline())


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "grader", folder / "grader")  # with its bytecode, which is good for what stays as it is
    return folder / "grader"


def test_without_a_mutant_they_pass(server: Server, tmp_path: Path) -> None:
    copied(tmp_path)
    assert code_of(server, tmp_path) == 0


@pytest.mark.parametrize("file, old, new", MUTANTS, ids=[f"{i}-{m[0]}" for i, m in enumerate(MUTANTS)])
def test_a_mutant_is_caught(server: Server, tmp_path: Path, file: str, old: str, new: str) -> None:
    path = copied(tmp_path) / file
    source = path.read_text(encoding="utf-8")
    assert old in source, "the code has changed: bring this mutant up to date"
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    assert code_of(server, tmp_path) == 1


def test_there_are_enough_of_them() -> None:
    assert len(MUTANTS) >= 80
