"""A release says what it would do, refuses what is none, and leaves nothing half done. In a repository of its own."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "constraints" / "release.py"
PYPROJECT = '[project]\nname = "small"\nversion = "0.2.0"\n\n[tool.other]\nversion = "0.2.0"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n* Something new.\n\n## 0.1.0 (2026-01-31)\n* The first.\n"
MAKEFILE = "check:\n\t@echo checked >> {log}\n\ndist:\n\t@grep '^version' pyproject.toml | head -1 >> {log}\n"
TODAY = datetime.date.today().isoformat()


class Repository:
    """A project with a version, a changelog and a Makefile that writes down what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "project", folder / "log"
        self.folder.mkdir()
        self.log.touch()
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}  # a hook sets them
        self.env = {**outside, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
        for role in ("AUTHOR", "COMMITTER"):
            self.env |= {f"GIT_{role}_NAME": "Somebody", f"GIT_{role}_EMAIL": "somebody@example.org"}
        self.run("git", "init", "--quiet", "--initial-branch=main")
        self.write("pyproject.toml", PYPROJECT)
        self.write("CHANGELOG.md", CHANGELOG)
        self.write("Makefile", MAKEFILE.format(log=self.log))
        self.commit("Begin")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60)

    def release(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, str(SCRIPT), *words)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def commit(self, message: str) -> None:
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", message)

    def state(self) -> tuple[str, str, str]:
        """What is committed, what is not, and the tags."""
        return tuple(self.run("git", *words).stdout for words in (("log",), ("status", "--short"), ("tag",)))  # type: ignore[return-value]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_it_says_what_it_would_do_and_does_not_do_it(repository: Repository) -> None:
    before = repository.state()
    done = repository.release("0.2.0")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.splitlines() == [
        "Release 0.2.0:",
        "  make check",
        '  pyproject.toml: version = "0.2.0"',
        f"  CHANGELOG.md: what is under Unreleased goes under 0.2.0 ({TODAY})",
        "  make dist: the source archive and the wheel, in dist/",
        "  git commit on main: Release 0.2.0",
        "  git tag v0.2.0",
        "Nothing was done. To do it: make release VERSION=0.2.0 CONFIRM=yes",
    ]
    assert repository.state() == before and repository.log.read_text() == ""


def test_confirmed_it_does_what_it_said(repository: Repository) -> None:
    done = repository.release("0.3.0", "--confirm")
    assert done.returncode == 0, done.stderr
    assert repository.log.read_text() == 'checked\nversion = "0.3.0"\n'
    assert repository.read("pyproject.toml") == PYPROJECT.replace("0.2.0", "0.3.0", 1)
    assert repository.read("CHANGELOG.md") == CHANGELOG.replace("Unreleased", f"Unreleased\n\n## 0.3.0 ({TODAY})")
    assert repository.run("git", "log", "--format=%s").stdout == "Release 0.3.0\nBegin\n"
    assert repository.run("git", "describe").stdout == "v0.3.0\n" and repository.state()[1] == ""
    again = repository.release("0.4.0")
    assert again.returncode == 2 and "has nothing under `## Unreleased`" in again.stderr


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("", "A version is three numbers, such as 1.2.3, and not ''."),
        ("1.2", "A version is three numbers"),
        ("v1.2.3", "A version is three numbers"),
        ("1.2.3rc1", "A version is three numbers"),
        ("1.02.3", "A version is three numbers"),
        ("0.1.0", "0.1.0 is not higher than 0.1.0, which was released."),
        ("0.0.9", "0.0.9 is not higher than 0.1.0"),
        ("0.1.9", "0.1.9 is lower than 0.2.0, which pyproject.toml has."),
    ],
)
def test_what_is_no_next_version_is_refused(repository: Repository, version: str, why: str) -> None:
    done = repository.release(version, "--confirm")
    assert done.returncode == 2 and done.stderr.startswith(f"No release: {why}") and done.stdout == ""
    assert repository.log.read_text() == ""


def test_tags_count_as_releases_and_ten_is_more_than_nine(repository: Repository) -> None:
    for tag in ("v0.9.0", "v0.10.0", "v-something"):
        repository.run("git", "tag", tag)
    assert "There is a tag v0.10.0 already." in repository.release("0.10.0").stderr
    assert "0.9.1 is not higher than 0.10.0" in repository.release("0.9.1").stderr
    assert repository.release("0.10.1").returncode == 0


@pytest.mark.parametrize("name", ["pyproject.toml", "new.txt"])
def test_a_tree_with_changes_is_refused(repository: Repository, name: str) -> None:
    repository.write(name, "changed\n")
    done = repository.release("0.3.0", "--confirm")
    assert done.returncode == 2 and "changes that are not committed" in done.stderr and name in done.stderr


@pytest.mark.parametrize("text", ["# Changelog\n", "# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-31)\n* First.\n"])
def test_a_release_that_changes_nothing_is_refused(repository: Repository, text: str) -> None:
    repository.write("CHANGELOG.md", text)
    repository.commit("Nothing new")
    done = repository.release("0.3.0")
    assert done.returncode == 2 and "a release that changes nothing is none" in done.stderr


@pytest.mark.parametrize("target", ["check", "dist"])
def test_what_fails_on_the_way_leaves_the_tree_as_it_was(repository: Repository, target: str) -> None:
    repository.write("Makefile", MAKEFILE.format(log=repository.log).replace(f"{target}:\n", f"{target}:\n\t@false\n"))
    repository.commit("It does not work")
    before = repository.state()
    done = repository.release("0.3.0", "--confirm")
    assert done.returncode == 1 and f"`make {target}` failed" in done.stderr
    assert repository.state() == before and repository.read("CHANGELOG.md") == CHANGELOG
