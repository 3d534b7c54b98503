"""What doctor says of a GPU, with a driver and a torch that are made up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tutor.commands import gpu, health

TORCH = """
class cuda:
    is_available = staticmethod(lambda: {there})
    get_device_name = staticmethod(lambda number: "Card  9000")
"""


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a driver would put there."""
    monkeypatch.setattr(gpu, "DEVICES", (tmp_path / "nvidia0",))
    monkeypatch.setattr(gpu, "ASK", f"sys.path.insert(0, {str(tmp_path)!r}); {gpu.ASK}")
    return tmp_path / "nvidia0"


def test_without_a_driver_nobody_is_asked(driver: Path) -> None:
    (driver.parent / "torch.py").write_text("raise SystemExit('asked')")
    assert gpu.seen() == (True, f"none is seen; {gpu.STAYS} anyway")


def test_torch_is_asked_in_another_process(driver: Path) -> None:
    driver.touch()
    (driver.parent / "torch.py").write_text(TORCH.format(there=True))
    before = set(sys.modules)
    assert gpu.seen() == (True, f"torch sees Card 9000; your own python FILE can use it, and {gpu.STAYS}")
    assert "torch" not in set(sys.modules) - before


@pytest.mark.parametrize("torch", [TORCH.format(there=False), "raise ImportError('no torch')"])
def test_a_driver_that_torch_cannot_use(driver: Path, torch: str) -> None:
    driver.touch()
    (driver.parent / "torch.py").write_text(torch)
    assert gpu.seen() == (False, f"{driver} is there, but this torch does not see a GPU; {gpu.STAYS} anyway")


def test_the_doctor_says_it_in_a_line_and_fails_nobody(driver: Path) -> None:
    driver.touch()
    (driver.parent / "torch.py").write_text(TORCH.format(there=False))
    check = health.gpu_check()
    assert not check["ok"] and not check["needed"]
    report = {"system": "", "versions": {}, "checks": [check], "level": 2, "layers": [], "ok": True}
    assert f"  note     GPU: {driver} is there" in "\n".join(health.lines(report))
