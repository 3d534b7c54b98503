"""Which backend is used: by argument, context and environment, and by what was measured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

import kernels
from kernels.dispatch import choice, crossover

CUDA = torch.device("cuda", 0)


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A GPU that can run our kernels, of which nothing was measured; the file in which it would be."""
    name = "NVIDIA Imaginary 1"
    own = tmp_path / "own" / "imaginary.json"
    monkeypatch.setattr(choice, "_unsupported_gpu", lambda index: None)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: name)
    monkeypatch.setattr(crossover, "own_file", lambda gpu: own)
    monkeypatch.setattr(crossover, "SHIPPED", tmp_path)
    crossover._table.cache_clear()
    yield own
    crossover._table.cache_clear()


def run(source: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, env={**os.environ, **environment}, timeout=120
    )


@pytest.mark.slow
def test_importing_the_package_imports_no_triton() -> None:
    source = (
        "import sys, kernels, kernels.nn, torch; kernels.batch_norm(torch.randn(4, 3), training=True);"
        "print([name for name in ('triton', 'torch._dynamo') if name in sys.modules])"
    )
    assert run(source).stdout.strip() == "[]"


@pytest.mark.slow
def test_without_triton_all_is_pytorchs() -> None:
    source = (
        "import sys; sys.modules['triton'] = None; import kernels, torch; x = torch.randn(2, 3, 4, 4);"
        "print(kernels.status().triton, kernels.nn.Conv2d(3, 2, 3, relu=True)(x).min() >= 0);"
        "print(kernels.dispatch.choice.unavailable('cuda', 0))"
    )
    assert run(source).stdout.splitlines() == ["None tensor(True)", "Triton is not installed"]


@pytest.mark.slow
def test_the_environment_names_a_backend_and_a_wrong_name_is_a_sentence() -> None:
    source = "import kernels, torch; print(kernels.explain('batch_norm', torch.randn(4, 3)))"
    assert run(source, DL_TUTOR_KERNELS="torch").stdout.strip() == "torch: it was asked for"
    refused = run(source, DL_TUTOR_KERNELS="cudnn")
    assert "the environment variable DL_TUTOR_KERNELS: 'cudnn' is no backend. There are auto, triton" in refused.stderr


def test_a_context_holds_until_it_ends_and_an_argument_goes_first() -> None:
    x = torch.randn(4, 3)
    with kernels.backend("interpret"):
        with kernels.backend("torch"):
            assert kernels.explain("batch_norm", x).backend == "torch"
        assert kernels.explain("batch_norm", x, backend="torch").backend == "torch"
        with pytest.raises(kernels.BackendError, match="start Python with TRITON_INTERPRET=1"):
            kernels.explain("batch_norm", x)
    assert kernels.explain("batch_norm", x).reason.startswith("the tensors are on the device cpu")
    with pytest.raises(kernels.BackendError, match="'cuda' is no backend"), kernels.backend("cuda"):
        pass


def test_a_backend_that_was_asked_for_is_never_replaced() -> None:
    with pytest.raises(kernels.BackendError, match="batch_norm has no Triton kernel for this call: the tensors are on"):
        kernels.batch_norm(torch.randn(4, 3), training=True, backend="triton")
    with pytest.raises(kernels.BackendError, match="the interpreter works on tensors of the CPU"):
        choice.choose("batch_norm", CUDA, 1, requested="interpret")


def test_what_was_not_measured_is_left_to_pytorch(gpu: Path) -> None:
    chosen = choice.choose("batch_norm", CUDA, 10**9)
    assert chosen == (
        "torch",
        "batch_norm was not measured on the NVIDIA Imaginary 1 yet: python -P -m kernels.bench --keep does that",
    )
    assert choice.choose("batch_norm", CUDA, 1, requested="triton").backend == "triton"


def test_from_the_measured_size_on_ours_is_used(gpu: Path) -> None:
    table = crossover.Table("NVIDIA Imaginary 1", {"batch_norm+relu": 1000, "batch_norm": None}, "")
    crossover.write(gpu, table)
    crossover._table.cache_clear()
    assert choice.choose("batch_norm+relu", CUDA, 999).backend == "torch"
    assert choice.choose("batch_norm+relu", CUDA, 1000) == (
        "triton",
        "ours is used from a size of 1,000 on, measured on this machine",
    )
    assert choice.choose("batch_norm", CUDA, 10**9) == (
        "torch",
        "PyTorch is faster at batch_norm, measured on this machine",
    )
    assert choice.choose("batch_norm+relu", CUDA, 1000, unsupported="x is an int").reason == "x is an int"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"gpu": "x", "least": {"batch_norm": "many"}}', '{"gpu": "x"}'])
def test_a_file_that_is_none_of_ours_is_as_none(gpu: Path, text: str) -> None:
    gpu.parent.mkdir()
    gpu.write_text(text)
    assert crossover.read(gpu, "") is None
    assert choice.choose("batch_norm", CUDA, 10**9).backend == "torch"


def test_an_old_gpu_and_one_of_amd_are_left_to_pytorch(monkeypatch: pytest.MonkeyPatch) -> None:
    choice._unsupported_gpu.cache_clear()
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda index: (7, 5))
    assert "compute capability is 7.5" in choice.choose("batch_norm", CUDA, 10**9).reason
    choice._unsupported_gpu.cache_clear()
    monkeypatch.setattr(torch.version, "hip", "6.4")
    assert "AMD" in choice.choose("batch_norm", CUDA, 10**9).reason
    choice._unsupported_gpu.cache_clear()


def test_facts_of_the_machine_are_constants_of_a_compiled_graph() -> None:
    # were the mark that says so not understood, tracing would stop at the reading of a file
    @torch.compile(fullgraph=True, backend="eager")
    def size(x: torch.Tensor) -> torch.Tensor:
        least, _ = looked_up("batch_norm", 0)
        return x * least

    assert torch.equal(size(torch.ones(2)), torch.full((2,), 7.0))


@crossover.constant_in_traces
def looked_up(operation: str, index: int | None) -> tuple[int, str]:
    assert Path(__file__).read_text(encoding="utf-8")
    return 7, operation
