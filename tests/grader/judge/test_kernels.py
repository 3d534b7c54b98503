"""Kernels are judged by what they compute, by what they touch, and by whether they compute it at all."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.proof.claims import prove
from grader.sandbox import heavy
from lessons.schema import Exercise

HEAD = """
import torch
import triton
import triton.language as tl
"""
KERNEL = """
@triton.jit
def double_kernel(x, out, n, BLOCK: tl.constexpr):
    i = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    inside = i < n
    tl.store(out + i, 2 * tl.load(x + i, mask=inside), mask=inside)

def double(x):
    out = torch.empty_like(x)
    double_kernel[(triton.cdiv(x.numel(), 8),)](x, out, x.numel(), BLOCK=8)
    return out
"""
REFERENCE = f"""
{HEAD}
from grader.spec import alternative, case, cases, edit
{KERNEL}
@cases
def vectors(rng):
    for n in (21, 3):
        yield case(x=rng.normal(n), label=f"{{n}} numbers")

@alternative
def other_blocks(x):
    out = torch.zeros_like(x)
    double_kernel[(triton.cdiv(x.numel(), 4),)](x, out, x.numel(), BLOCK=4)
    return out

edit("no-mask", "Loads without a mask.", hint="Which lanes are inside?", of=double_kernel,
     replace=("tl.load(x + i, mask=inside)", "tl.load(x + i)"))
edit("rounds-down", "Starts too few programs.", hint="How many blocks are 21 numbers?",
     replace=("triton.cdiv(x.numel(), 8)", "x.numel() // 8 + (x.numel() < 8)"))
"""
STARTER = HEAD + KERNEL.replace("    inside = i < n\n", "    raise NotImplementedError\n")
PARTS = "  - {id: one, kind: kernel, covers: [], entry: double, points: 2}\n"
SIZED = KERNEL.replace("    out = torch.empty_like(x)", "    out = {}")

pytestmark = pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="Triton is not installed")


@pytest.fixture
def exercise(written: Callable[..., Exercise]) -> Exercise:
    return written(PARTS, reference=REFERENCE, starter=STARTER)


def judged(grader: Grader, exercise: Exercise, code: str) -> tuple[str, str, str]:
    """Status, sentence and the finding's name of the first check that did not pass."""
    part = grader.grade(exercise, HEAD + code, seed=1).parts[0]
    failed = [check for check in part.checks if check.status != "passed"]
    if not failed:
        return part.status, part.message, ""
    named = failed[0].diagnosis[0].name if failed[0].diagnosis else ""
    return part.status, f"{failed[0].message} ({failed[0].where})", named


def test_what_becomes_of_each_fault(grader: Grader, exercise: Exercise) -> None:
    assert judged(grader, exercise, KERNEL) == ("passed", "", "")
    status, said, named = judged(grader, exercise, KERNEL.replace("(x + i, mask=inside)", "(x + i)"))
    assert (status, named) == ("error", "no-mask")
    assert said.startswith("OutOfBounds: program 2 reads x[21] to x[23] (3 lanes), and x has 21 elements")
    assert said.endswith("(line 10)")
    status, said, named = judged(grader, exercise, KERNEL.replace("inside), mask=inside)", "inside))"))
    assert status == "error" and "program 2 writes out[21] to out[23]" in said
    status, said, named = judged(grader, exercise, KERNEL.replace("cdiv(x.numel(), 8),)", "cdiv(x.numel(), 9) - 1,)"))
    assert status == "failed" and "nan where" in said, "what nobody has written is NaN"
    status, said, named = judged(grader, exercise, KERNEL.replace("out + i, 2 *", "out + i % 4, 2 *"))
    assert status == "error" and said.startswith("Race: program 0 writes two different values to out[0]")
    status, said, named = judged(grader, exercise, KERNEL.replace("2 * tl.load", "3 * tl.load"))
    assert status == "failed" and "elements differ" in said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def double(x):\n    return 2 * x\n", "Your code launched no kernel"),
        (KERNEL.replace("return out", "return 2 * x"), "The result was not written by your kernel"),
        (SIZED.format("2 * x").replace("(triton.cdiv(x.numel(), 8),)", "(1,)"), "or not all of it"),
    ],
)
def test_what_no_kernel_computes_earns_nothing(grader: Grader, exercise: Exercise, code: str, said: str) -> None:
    status, sentence, named = judged(grader, exercise, code)
    assert (status, named) == ("failed", "not-by-kernel") and said in sentence


@pytest.mark.slow
def test_an_exercise_with_a_kernel_is_proved_as_any_other(grader: Grader, exercise: Exercise) -> None:
    assert list(prove(exercise, grader, drawn=3)) == []


def test_without_triton_it_is_skipped_and_says_what_to_install(
    grader: Grader, exercise: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (part,) = grader.grade(exercise, HEAD + KERNEL, seed=1).parts
    assert (part.status, part.score) == ("skipped", 0.0)
    assert "pip install 'dl-tutor[kernels]'" in part.message


@pytest.mark.slow
def test_a_kernel_that_does_not_end_is_stopped(grader: Grader, exercise: Exercise) -> None:
    endless = KERNEL.replace("    inside = i < n\n", "    inside = i < n\n    while True:\n        inside = i < n\n")
    began = time.monotonic()
    assert grader.grade(exercise, HEAD + endless, seed=1).parts[0].status == "timeout"
    assert time.monotonic() - began < 240


def test_triton_interprets_whoever_imports_it_first(grader: Grader) -> None:
    source = "import os, torch.optim\nprint(os.environ['TRITON_INTERPRET'], end='')\n"
    assert grader.run(source, name="x.py").output.text == "1"


@pytest.mark.slow
@pytest.mark.parametrize("first", ["torch.optim", "torchvision", "matplotlib", "kernels.nn", "sklearn.datasets"])
def test_it_matters_not_what_was_imported_before(exercise: Exercise, first: str) -> None:
    with Grader() as fresh:
        assert fresh.run(f"import {first}\n", name="x.py", seconds=60).status == "passed"
        assert judged(fresh, exercise, KERNEL) == ("passed", "", "")


def test_a_package_that_breaks_when_it_is_imported_costs_nobody_the_zygote(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, scratch: str) -> None:
        raise RuntimeError("operator does not exist")

    monkeypatch.setattr(heavy, "_import", broken)
    monkeypatch.setattr(heavy, "_fetched", set())
    heavy.fetch(["triton"], "")
