"""Kernels compiled for GPUs that are not here: they fit, and they stay as good as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.compile import report, shipped
from kernels.compile.compiler import SHARED_MEMORY, TARGETS, Compiled, compile_launch, longest_loop, signature
from kernels.device import batch_norm
from kernels.device.attention import load_tile
from kernels.device.luong import join_gradients
from kernels.launch import luong as luong_launch
from tests.turns import turn

LAUNCHES = shipped.one_of_each()
FIGURES = Path(__file__).with_name("figures")


def test_every_kernel_is_compiled_for_one_configuration_at_least() -> None:
    sources = (Path(batch_norm.__file__).parent).glob("*.py")
    launched = set(LAUNCHES)
    helpers = re.compile(r"^@triton\.jit\ndef (\w+)\((.*?)\):", re.MULTILINE | re.DOTALL)
    for source in sources:
        text = source.read_text(encoding="utf-8")
        for name, _ in helpers.findall(text):
            called = len(re.findall(rf"\b{name}\(", text)) > 1 or source.stem == "common"
            assert called or name in launched, f"{source.name}: nothing compiles {name}"


def kernel_names() -> Iterator[Any]:
    """The names of all kernels; only the first of each file is compiled where there is no time for all."""
    files = set()
    for name, launch in LAUNCHES.items():
        file = launch.kernel.fn.__module__
        yield pytest.param(name, marks=[pytest.mark.slow] if file in files else [])
        files.add(file)


@pytest.mark.parametrize("name", list(kernel_names()))
def test_every_kernel_compiles_for_sm_90_and_fits(name: str) -> None:
    found = compile_launch(LAUNCHES[name], "sm_90")
    assert found.faults() == [] and 0 < found.registers <= 255


def test_arguments_are_seen_as_triton_sees_them() -> None:
    launch = next(iter(shipped.batch_norm_calls())).launches()[0]
    types, constants, multiples = signature(launch)
    names = launch.kernel.arg_names
    assert types["x"] == "*bf16" and types["running_mean"] == "*fp32" and types["eps"] == "fp64"
    assert types["N"] == types["stride_c"] == "constexpr" and constants["N"] == constants["stride_c"] == 1
    assert types["S"] == "i32" and (names.index("S"),) in multiples and (names.index("eps"),) not in multiples


def test_a_kernel_that_does_not_fit_is_a_fault() -> None:
    names = [name for name in report.COLUMNS if name not in ("stack", "shared")]
    figures = dict.fromkeys(names, 0)
    one = Compiled("k", "sm_80", 4, 3, stack=8, shared=SHARED_MEMORY["sm_80"] + 1, **figures)
    assert [fault.split(":")[0] for fault in one.faults()] == [
        "8 bytes of stack and 0 spills",
        "166913 bytes of shared memory, where a block can have 166912",
    ]
    assert any("fault: " in line for line in report.table([("k", one)]))


def test_the_longest_loop_is_what_a_tile_costs() -> None:
    code = """
        /*0000*/ MOV R1, R2 ;
        /*0010*/ BAR.SYNC.DEFER_BLOCKING 0x0 ;
        /*0020*/ @P0 BRA 0x20 ;
        /*0030*/ FADD R1, R1, R1 ;  /* 0x0000 */
        /*0040*/ @P0 BRA 0x10 ;
        /*0050*/ BRA 0x50 ;
    """
    assert [one.split()[0] for one in longest_loop(code)] == ["BAR.SYNC.DEFER_BLOCKING", "@P0", "FADD", "@P0"]
    assert longest_loop("/*0000*/ EXIT ;") == []


def test_figures_know_the_source_that_they_came_from(tmp_path: Path) -> None:
    report.save_figures(tmp_path, "im2col", "sm_80", {})
    [name] = report.compiled_from(tmp_path)
    assert report.figures_file(tmp_path, "im2col", "sm_80") == tmp_path / f"{name}.json"
    assert report.compiled_from(tmp_path) == {name: report.source("im2col", "sm_80")}
    assert report.compiled_from(tmp_path / "none") == {}


def test_an_operation_comes_from_its_own_launches_and_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed() -> set[str]:
        return {operation for operation in before if report.source(operation, "sm_90") != before[operation]}

    before = {operation: report.source(operation, "sm_90") for operation in shipped.OPERATIONS}
    assert changed() == set() and report.source("attention", "sm_80") != before["attention"]
    with monkeypatch.context() as patched:
        patched.setattr(luong_launch, "TILE", luong_launch.TILE // 2)
        assert changed() == {"luong"}
    for helper, users in ((load_tile, {"attention", "luong"}), (join_gradients, {"luong"})):
        with monkeypatch.context() as patched:
            patched.setattr(helper, "_src", helper.src + "    pass\n")
            assert changed() == users
    assert changed() == set()


COMBINATIONS = [(operation, target) for operation in shipped.OPERATIONS for target in sorted(TARGETS)]
DAYS = 20
"""In so many days each launch is compiled again, though nothing has changed; a few of every combination a day."""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("operation", "target"), COMBINATIONS)
def test_all_that_is_shipped_is_as_good_as_it_was(operation: str, target: str) -> None:
    name = report.figures_file(FIGURES, operation, target).stem
    unchanged = report.compiled_from(FIGURES).get(name) == report.source(operation, target)
    found = report.report(operation, target, lambda place: not unchanged or turn(DAYS, place) == 0)
    assert {name: one.faults() for name, one in found.items() if one.faults()} == {}
    saved = report.saved_figures(FIGURES, operation, target)
    if saved is None:
        pytest.skip(f"no figures were saved for Triton {report.triton_version()}: python -P -m kernels.compile --keep")
    known = {column for one in saved.values() for column in one}  # figures may be older than a column
    now = {name: {key: value for key, value in one.figures().items() if key in known} for name, one in found.items()}
    assert found or unchanged
    assert now == {name: one for name, one in saved.items() if name in now or not unchanged}, (
        "if this is as you want it: python -P -m kernels.compile --keep tests/kernels/compile/figures"
    )
