"""Where the machine gives level 1 only, nothing runs until it has been allowed; and that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import cli as judging
from grader import grading
from grader.sandbox.host import Host
from lessons.data import mirror
from tests.tutor.process import RIGHT, leave
from tests.tutor.screen import QuickGrader, app, settle, shows
from tutor import cli
from tutor.commands import health
from tutor.learner import consent, locations


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """One zygote for all tests that run code."""
    one = Host(landlock_abi=0, data=[mirror.default()])
    yield one
    one.close()


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch, host: Host) -> None:
    """A machine without Landlock."""
    monkeypatch.setattr(grading, "Host", lambda **options: host)
    monkeypatch.setattr(grading.Grader, "close", leave)


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli.main, [*words], input=stdin)


def test_consent_is_a_file_that_can_be_deleted(home: Path) -> None:
    assert not consent.given() and not consent.allowed(False)
    assert consent.allowed(True) and consent.given() and consent.allowed(False)
    assert locations.consent_file().is_relative_to(home)
    locations.consent_file().unlink()
    assert not consent.given()


@pytest.mark.parametrize("content", ["", "true", "[]", '{"allow_level_1": 1}', '{"allow_level_1": false}', "\xff"])
def test_a_file_that_says_something_else_is_no_consent(content: str) -> None:
    consent.give()
    locations.consent_file().write_text(content, encoding="latin-1")
    assert not consent.given()


def test_without_xdg_or_home_it_lies_with_the_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DL_TUTOR_HOME")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert locations.consent_file() == tmp_path / "dl-tutor" / "consent.json"


@pytest.mark.usefixtures("weak")
def test_a_demo_waits_for_consent_and_remembers_it() -> None:
    refused = run("demo", "broadcasting/column")
    assert refused.exit_code == 3 and refused.stdout == ""
    assert "level 1 only" in refused.stderr and "--allow-level-1" in refused.stderr
    assert run("demo", "broadcasting/column", "--allow-level-1").exit_code == 0
    assert run("demo", "broadcasting/column").exit_code == 0
    locations.consent_file().unlink()
    assert run("demo", "broadcasting/column").exit_code == 3


@pytest.mark.usefixtures("weak")
def test_grading_waits_for_consent_and_its_verdict_says_the_level() -> None:
    words = ("grade", "random-bits", "--file", "-", "--format", "json", "--no-record")
    assert run(*words, stdin=RIGHT).exit_code == 3
    allowed = run(*words, "--allow-level-1", stdin=RIGHT)
    assert allowed.exit_code == 0 and '"level": 1' in allowed.stdout and '"landlock_abi": null' in allowed.stdout
    assert run(*words, stdin=RIGHT).exit_code == 0
    refused = run(*words, "--require", "landlock", stdin=RIGHT)
    assert refused.exit_code == 3 and "The layer landlock is not active here" in refused.stderr


@pytest.mark.usefixtures("weak")
def test_the_grader_by_itself_remembers_nothing(tmp_path: Path) -> None:
    file = tmp_path / "random-bits.py"
    file.write_text(RIGHT)
    for words, code in (([], 3), (["--allow-level-1"], 0), ([], 3)):
        assert CliRunner().invoke(judging.main, ["grade", str(file), *words]).exit_code == code
    assert not locations.consent_file().exists()


def test_the_doctor_says_how_it_stands() -> None:
    assert health._consent(2)["ok"] and "not needed" in health._consent(2)["detail"]
    assert not health._consent(1)["ok"] and "code does not run here" in health._consent(1)["detail"]
    consent.give()
    assert f"delete {locations.consent_file()}" in health._consent(1)["detail"]


async def test_the_app_asks_once_and_takes_a_no() -> None:
    grader = QuickGrader()
    grader.allow_level_1 = False
    running = app(grader)
    async with running.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Run code with level 1 only?", "level 1 only."))
        await pilot.press("n")
        await settle(pilot, lambda: "consent" not in str(pilot.app.screen).lower())
        running.warm()
        await settle(pilot)
        assert not shows(pilot, "Run code with level 1 only?")()
    assert not grader.allow_level_1 and not consent.given()


async def test_a_yes_in_the_app_is_remembered() -> None:
    grader = QuickGrader()
    grader.allow_level_1 = False
    async with app(grader).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "Run code with level 1 only?"))
        await pilot.press("y")
        await settle(pilot, consent.given)
    assert grader.allow_level_1


@pytest.mark.slow
async def test_what_is_refused_in_the_app_is_said() -> None:
    grader = QuickGrader()
    grader.broken = grading.Refused("Nothing was run: here the sandbox has level 1 only.")
    running = app(grader)
    async with running.run_test(size=(120, 40)) as pilot:
        running.open_exercise(running.session.course.exercises[0])
        await settle(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Nothing was run"))
        assert not shows(pilot, "failed (Refused")()
