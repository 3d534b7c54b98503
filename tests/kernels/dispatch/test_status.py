"""What there is to compute with, said in a sentence or two."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import kernels
from kernels.dispatch import crossover


def test_versions_and_what_runs_are_said() -> None:
    found = kernels.status()
    assert found.torch == torch.__version__ and found.kernels == kernels.__version__ and found.asked == "auto"
    assert str(found).startswith(f"kernels {kernels.__version__}, torch {torch.__version__}, triton ")
    if not torch.cuda.is_available():
        assert found.gpu is None and "ours cannot run here: PyTorch sees no GPU; no crossovers" in str(found)
    with kernels.backend("torch"):
        assert str(kernels.status()).endswith("the backend is torch")
    assert kernels.nn.replace.__module__ == "kernels.nn.replacement"
    with pytest.raises(AttributeError, match="'kernels' has no attribute 'versions'"):
        _ = kernels.versions


def test_what_was_measured_lies_in_the_cache_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert crossover.own_file("NVIDIA H200") == tmp_path / "dl-tutor" / "kernels" / "nvidia-h200.json"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert crossover.own_file("A").is_relative_to(Path.home() / ".cache")
