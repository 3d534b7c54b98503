"""The doctor: a layer is active where an attack on it fails, and nowhere else."""

from __future__ import annotations

import os

import pytest

from grader.grading import LEVEL, Grader, Refused, require
from grader.sandbox import doctor
from grader.sandbox.doctor import ATTACKS, LATER, STOPPED, Layer, examine, level
from grader.sandbox.host import SandboxError
from grader.sandbox.limits import LAYERS, STRONGER_LAYERS


def test_every_layer_of_level_one_holds_here_and_no_other_is_claimed() -> None:
    layers = examine()
    assert [layer.name for layer in layers] == [*LAYERS, *STRONGER_LAYERS]
    assert [layer for layer in layers if layer.name in LAYERS and not layer.active] == []
    assert {(layer.active, layer.detail) for layer in layers if layer.name in STRONGER_LAYERS} == {(False, LATER)}
    assert level(layers) == LEVEL == 1
    assert doctor.CANARY not in os.environ


def test_every_layer_has_an_attack() -> None:
    assert tuple(ATTACKS) == LAYERS and STOPPED.keys() <= ATTACKS.keys()


ATTACKS_THAT_SUCCEED = {
    "an attack that gets through": ("rlimits", "raise AssertionError('100 GiB were handed out')", "100 GiB were"),
    "an attack that ends the process": ("session", "import os; os._exit(0)", "ended the Python process"),
    "a flood that nobody stops": ("output", "print('a little')", "NOT holding: passed"),
    "a loop that ends by itself": ("clock", "pass", "NOT holding: passed"),
    "a crash": ("capabilities", "import ctypes; ctypes.string_at(0)", "SIGSEGV"),
}


@pytest.mark.parametrize("name", ATTACKS_THAT_SUCCEED)
def test_an_attack_that_succeeds_is_said(grader: Grader, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    layer, source, said = ATTACKS_THAT_SUCCEED[name]
    monkeypatch.setitem(ATTACKS, layer, (ATTACKS[layer][0], source))
    grader.warm()
    found = doctor._attack(grader.host, layer)
    assert not found.active and found.detail.startswith("NOT holding: ") and said in found.detail
    assert level([Layer(one, one != layer, "") for one in LAYERS]) == 0


def test_an_attack_has_what_it_attacks(monkeypatch: pytest.MonkeyPatch) -> None:
    # the environment's attack is no attack where the canary is not in the doctor's own environment
    monkeypatch.setenv(doctor.CANARY, "secret")
    source = ATTACKS["environment"][1]
    with pytest.raises(AssertionError, match="handed on"):
        exec(source, {})


def test_a_sandbox_that_cannot_start_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def boot(self) -> None:
            raise SandboxError("no fork to be had")

        def close(self) -> None:
            pass

    monkeypatch.setattr(doctor, "Host", Broken)
    layers = examine()
    assert not any(layer.active for layer in layers) and level(layers) == 0
    assert layers[0].detail == "could not be tried: no fork to be had"


def test_another_system_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "supported", lambda: "needs Linux")
    assert {(layer.active, layer.detail) for layer in examine()} == {(False, "needs Linux")}


def test_required_layers() -> None:
    require([])
    require(LAYERS)
    for name in STRONGER_LAYERS:
        with pytest.raises(Refused, match=f"The layer {name} is not active here, so nothing was run"):
            require(["session", name])
    with pytest.raises(ValueError, match=r"'moat' is no layer; there are session, .*namespaces"):
        require(["moat"])
