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

ROOT = Path(__file__).parents[2]
TESTS = ("test_compare.py", "test_findings.py", "test_region.py", "test_gradcheck.py", "test_finding.py")

pytestmark = pytest.mark.slow

MUTANTS: list[tuple[str, str, str]] = [
    # comparison
    ("compare.py", "if got.shape != expected.shape:", "if got.numel() != expected.numel():"),
    ("compare.py", "if got.dtype != expected.dtype:", "if False:"),
    ("compare.py", "rtol * size + atol * scale", "rtol * size + atol * scale + 1e-2"),
    ("compare.py", "rtol * size + atol * scale", "rtol * size + atol"),
    ("compare.py", "rtol * size + atol * scale", "atol * scale"),
    ("compare.py", "    if bool(wild.any()):\n", "    if False:\n"),
    ("compare.py", "(torch.isnan(mine_wide) & torch.isnan(right_wide))", "torch.isnan(right_wide)"),
    ("compare.py", "(torch.isnan(mine_wide) & torch.isnan(right_wide))", "torch.isnan(mine_wide)"),
    ("compare.py", "alike = (mine_wide == right_wide) |", "alike ="),
    ("compare.py", "if len(got) != len(expected):", "if len(got) < len(expected) - 9:"),
    ("compare.py", "if missing or extra:", "if extra:"),
    (
        "compare.py",
        "    if type(got) is not type(expected):\n        return _type(got, expected, where)\n    if got",
        "    if got",
    ),
    ("compare.py", "if type(got) is not type(expected) and not whole:", "if False:"),
    ("compare.py", "whole = type(got) is int and type(expected) is float", "whole = True"),
    (
        "compare.py",
        "tuple[float, float]] = {\n    torch.float64: (1e-10, 1e-12)",
        "tuple[float, float]] = {\n    torch.float64: (1e-3, 1e-3)",
    ),
    ("compare.py", '"matmul": 10.0', '"matmul": 1.0'),
    (
        "compare.py",
        "index = tuple(int(i) for i in wrong.nonzero()[0])",
        "index = tuple(int(i) for i in wrong.nonzero()[-1] * 0)",
    ),
    ("compare.py", "count / total", "1 - count / total"),
    ("compare.py", "(error[size > 0] / size[size > 0]).max()", "(error[size > 0] / size[size > 0]).min()"),
    ("compare.py", "inner = names[index] if index < len(names)", "inner = names[0] if index < len(names)"),
    ("compare.py", "    if isinstance(expected, Opaque):\n        raise", "    if False:\n        raise"),
    # form
    ("findings/form.py", "got.transpose(-1, -2), leaf.expected", "got, leaf.expected"),
    ("findings/form.py", "got.permute(*reversed(range(got.dim())))", "got.permute(*range(got.dim()))"),
    ("findings/form.py", "flat and n > 1 and got.shape == (n, n)", "flat and n > 1 and got.numel() == n"),
    ("findings/form.py", "or not alike(got.squeeze(), expected.squeeze())", ""),
    ("findings/form.py", "right != mine and varied", "varied"),
    ("findings/form.py", "(right.trunc(), right.floor())", "(right.floor(),)"),
    ("findings/form.py", "or bool((right == right.trunc()).all())", ""),
    ("findings/form.py", "or not alike(_plain(got), _plain(expected))", ""),
    # scale
    ("findings/scale.py", "alike(-pair[0], pair[1])", "alike(pair[0], -2 * pair[1])"),
    ("findings/scale.py", "if factor and alike(got, factor * expected)", "if factor"),
    ("findings/scale.py", "(n / (n - 1)) ** power", "(n / (n + 1)) ** power"),
    ("findings/scale.py", 'read("sum-for-mean", n,', 'read("sum-for-mean", n + 1,'),
    ("findings/scale.py", "root = math.sqrt(n)", "root = math.sqrt(n + 1)"),
    ("findings/scale.py", 'leaf.op == "grads"', "True"),
    ("findings/scale.py", "if alike(rest, grown) or alike(-rest, grown):", "if alike(rest, grown):"),
    ("findings/scale.py", "if alike(rest, rest.mean().expand_as(rest)):", "if True:"),
    ("findings/scale.py", "alike(got / total, expected)", "True"),
    ("findings/scale.py", "not mine & right", "mine & right"),
    ("findings/scale.py", "alike(pair[0].log(), pair[1])", "True"),
    ("findings/scale.py", "0 < error < 2e-3", "0 < error < 2e-1"),
    ("findings/scale.py", "alike(1 / pair[0], pair[1])", "alike(1 / pair[0], -pair[1])"),
    # layout and finiteness
    ("findings/layout.py", "alike(leaf.got, leaf.expected.abs())", "alike(leaf.got.abs(), leaf.expected.abs())"),
    ("findings/layout.py", "alike(leaf.got.flip(dim), leaf.expected)", "alike(leaf.got, leaf.expected)"),
    (
        "findings/layout.py",
        "alike(late, expected.narrow(dim, 0, size - by))",
        "alike(late, expected.narrow(dim, by, size - by))",
    ),
    ("findings/layout.py", "if abs(more) != 1", "if abs(more) != 2"),
    ("findings/layout.py", "right.clamp(low, high)", "right.clamp(low, high + 1)"),
    ("findings/layout.py", "kernel.flip(*range(kernel.dim()))", "kernel.flip(0)"),
    ("findings/layout.py", "wide(got).reshape(-1).sort().values, wide", "wide(got).reshape(-1), wide"),
    ("findings/finiteness.py", "if _broken(leaf) is not None and large:", "if _broken(leaf) is not None:"),
    ("findings/finiteness.py", "== -torch.inf).all()", "!= -torch.inf).all()"),
    ("findings/finiteness.py", "torch.isinf(wide(leaf.expected)) & ", ""),
    ("findings/leaf.py", "CLOSE = 1e-4", "CLOSE = 0.5"),
    ("findings/__init__.py", "if all(sentences) and sentences[0]:", "if any(sentences) and sentences[0]:"),
    # gradient check
    ("gradcheck.py", "LIMIT = 1e-5", "LIMIT = 1e-3"),
    ("gradcheck.py", "/ (2 * self.step)", "/ self.step"),
    ("gradcheck.py", "(self.above - self.below)", "(self.above + self.below)"),
    ("gradcheck.py", "return self.compared > 0 and self.error <= LIMIT", "return self.error <= LIMIT"),
    ("gradcheck.py", "return self.compared > 0 and self.error <= LIMIT", "return self.compared > 0"),
    ("gradcheck.py", "max(abs(mine), abs(slope), floor)", "max(abs(mine), abs(slope))"),
    ("gradcheck.py", "max(abs(mine), abs(slope), floor)", "max(abs(mine), abs(slope), 1.0)"),
    ("gradcheck.py", "if error > LIMIT and _kinked", "if False and _kinked"),
    ("gradcheck.py", "if math.isfinite(mine) else math.inf", "if True else math.inf"),
    ("gradcheck.py", "or error > worst.error", "or error <= worst.error"),
    ("gradcheck.py", "return differ and min(", "return differ or min("),
    (
        "gradcheck.py",
        "return differ and min(abs(claimed - left), abs(claimed - right)) <= SLACK * scale",
        "return differ",
    ),
    ("gradcheck.py", "differ = abs(left - right) > 4 * SLACK * scale", "differ = True"),
    ("gradcheck.py", "if result.numel() > 1 and bool((cotangent == cotangent.flatten()[0]).all()):", "if False:"),
    ("gradcheck.py", "if cotangent.shape != result.shape:", "if False:"),
    ("gradcheck.py", "value.dtype is not torch.float64:", "False:"),
    (
        "gradcheck.py",
        "reduced = (result * cotangent).sum()",
        "reduced = result.sum()",
    ),
    ("gradcheck.py", "value.shape == shape and not", "value.numel() == shape.numel() and not"),
    ("gradcheck.py", "if [row[0] for row in rows] != places(claimed.numel(), fractions):", "if False:"),
    (
        "gradcheck.py",
        "        if one.shape != cotangent.shape:\n            raise",
        "        if False:\n            raise",
    ),
    # checks of training
    ("finding.py", "last <= to * first", "last <= first"),
    ("finding.py", "if not math.isfinite(value)), None)", "if value < 0), None)"),
    ("finding.py", "if values[-1] < below:", "if min(values) < below:"),
    ("finding.py", "accuracy > baseline and", "accuracy >= baseline and"),
    ("finding.py", "accuracy >= baseline + by", "accuracy >= by"),
    ("finding.py", "if len(guesses) != len(right):", "if False:"),
    # region
    ("region.py", "if count == 1 and len(hit) > 1:", "if count == 2 and len(hit) > 1:"),
    ("region.py", "if all(hit[-count:]):", "if all(hit[:count]):"),
    ("region.py", "wrong[..., 1:-1, 1:-1]", "wrong[..., 2:-2, 2:-2]"),
    ("region.py", "== [i % 2 == start", "== [i % 2 != start"),
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
