"""The doctor: a layer is active where an attack on it fails, and nowhere else."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import pytest

from grader.grading import Grader
from grader.sandbox import doctor
from grader.sandbox.confinement import WANTED
from grader.sandbox.doctor import ATTACKS, LATER, STOPPED, Bait, Layer, bait, examine, level
from grader.sandbox.host import Host, SandboxError
from grader.sandbox.limits import LAYERS, STRONGER_LAYERS


def test_every_layer_holds_here_that_is_announced(grader: Grader) -> None:
    layers = examine().layers
    assert [layer.name for layer in layers] == [*LAYERS, *STRONGER_LAYERS]
    assert tuple(layer.name for layer in layers if layer.active) == grader.host.layers
    assert layers[-1] == Layer("namespaces", False, LATER)
    assert level(layers) == grader.host.level
    assert doctor.CANARY not in os.environ


def test_every_layer_has_an_attack() -> None:
    assert tuple(ATTACKS) == LAYERS + WANTED and STOPPED.keys() <= ATTACKS.keys()


@pytest.mark.slow
def test_a_layer_that_is_off_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "Host", lambda: Host(landlock_abi=0))
    layers = {layer.name: layer for layer in examine().layers}
    assert not layers["landlock"].active and layers["landlock"].detail.startswith("off: switched off by")
    assert level([*layers.values()]) == 1


@pytest.mark.parametrize("name", WANTED)
def test_the_attacks_get_through_where_the_layer_is_not_put_on(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    grader.warm()
    monkeypatch.setattr(doctor, "WANTED", ())
    monkeypatch.setattr(Host, "walls", ())
    monkeypatch.setattr(grader.host, "off", {})
    found = doctor._attack(grader.host, name)
    assert not found.active and found.detail.startswith("NOT holding: "), found


def test_harm_is_seen_from_outside() -> None:
    def after(harm: Callable[[Bait], object]) -> str:
        with bait() as laid:
            assert laid.harm == ""
            harm(laid)
            return laid.harm

    assert "changed" in after(lambda laid: laid.canary.write_text("x"))
    assert "changed" in after(lambda laid: laid.canary.unlink())
    assert "changed" in after(lambda laid: (laid.canary.parent / "more").touch())
    assert "mode or times" in after(lambda laid: laid.canary.chmod(0o640))
    assert "mode or times" in after(lambda laid: os.utime(laid.canary, (0, 0)))
    assert "connection" in after(lambda laid: socket.create_connection(laid.listener.getsockname()).close())


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
    assert level([Layer(one, one != layer, "") for one in LAYERS + WANTED]) == 0


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
    layers = examine().layers
    assert not any(layer.active for layer in layers) and level(layers) == 0
    assert layers[0].detail == "could not be tried: no fork to be had"


def test_another_system_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "supported", lambda: "needs Linux")
    assert {(layer.active, layer.detail) for layer in examine().layers} == {(False, "needs Linux")}


def test_levels() -> None:
    def of(*off: str) -> int:
        return level([Layer(name, name not in off, "") for name in LAYERS + STRONGER_LAYERS])

    assert of() == of("namespaces") == 2
    assert of("landlock") == of("seccomp") == of("landlock", "seccomp") == 1
    assert of("clock") == of("landlock", "session") == 0
