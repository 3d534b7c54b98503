"""What there is to compute with, said in a sentence or two."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import kernels
from kernels.dispatch import choice, crossover


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


def test_transformations_that_ours_have_no_rule_for_are_pytorchs_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "unavailable", lambda kind, index: None)
    monkeypatch.setattr(choice, "surely_torch", lambda x, requested: False)
    x, w = torch.randn(3, 1, 2, 4, 4), torch.randn(2, 2, 3, 3)
    single = torch.nn.functional.conv2d(x[0], w)
    for module in ("conv", "batch_norm"):
        monkeypatch.setattr(f"kernels.ops.{module}.surely_torch", lambda x, requested: False)
    mapped = torch.func.vmap(lambda one: kernels.conv2d(one, w, relu=True))(x)
    torch.testing.assert_close(mapped[0], single.relu())
    with pytest.raises(kernels.BackendError, match=r"torch\.func is at work \(vmap, grad, jvp, \.\.\)"):
        torch.func.vmap(lambda one: kernels.conv2d(one, w, backend="triton"))(x)
    with torch.autograd.forward_ad.dual_level():
        dual = torch.autograd.forward_ad.make_dual(x[0], x[0])
        tangent = torch.autograd.forward_ad.unpack_dual(kernels.conv2d(dual, w)).tangent
        assert tangent is not None
        torch.testing.assert_close(tangent, single)
        with pytest.raises(kernels.BackendError, match="forward-mode differentiation is at work"):
            kernels.conv2d(dual, w, backend="triton")
