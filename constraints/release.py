"""A release, by `make release VERSION=1.2.3`: says what it would do, and with CONFIRM=yes does it.

Nothing leaves the machine: pushing the tag and uploading what is in dist/ are left to a person.
"""

from __future__ import annotations

import argparse
import datetime
import re
import subprocess
import sys
from pathlib import Path

PYPROJECT, CHANGELOG = Path("pyproject.toml"), Path("CHANGELOG.md")
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
OWN = re.compile(r'^version = "(.*)"$', re.MULTILINE)
UNRELEASED = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+) ", re.MULTILINE)

Numbers = tuple[int, ...]


class Refused(Exception):
    """Why there is no release; the message is a sentence."""


def numbers(version: str) -> Numbers:
    return tuple(map(int, version.split(".")))


def git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout.strip()


def clean() -> None:
    """Raises Refused where something is not committed."""
    if changed := git("status", "--porcelain"):
        raise Refused(f"There are changes that are not committed:\n{changed}")


def examine(version: str) -> None:
    """Raises Refused where this cannot be the next release."""
    if not VERSION.fullmatch(version):
        raise Refused(f"A version is three numbers, such as 1.2.3, and not {version!r}.")
    clean()
    if git("tag", "--list", f"v{version}"):
        raise Refused(f"There is a tag v{version} already.")
    tags = [tag[1:] for tag in git("tag", "--list", "v*").split() if VERSION.fullmatch(tag[1:])]
    changes = CHANGELOG.read_text(encoding="utf-8")
    last = max([*tags, *RELEASED.findall(changes)], key=numbers, default=None)
    if last is not None and numbers(version) <= numbers(last):
        raise Refused(f"{version} is not higher than {last}, which was released.")
    own = OWN.search(PYPROJECT.read_text(encoding="utf-8"))
    if own is None:
        raise Refused(f"{PYPROJECT} has no line `version = ...`.")
    if numbers(version) < numbers(own[1]):
        raise Refused(f"{version} is lower than {own[1]}, which {PYPROJECT} has.")
    section = UNRELEASED.search(changes)
    if section is None or not section[1].strip():
        raise Refused(f"{CHANGELOG} has nothing under `## Unreleased`: a release that changes nothing is none.")


def plan(version: str, date: str) -> list[str]:
    """What is done, in order."""
    return [
        "make check",
        f'{PYPROJECT}: version = "{version}"',
        f"{CHANGELOG}: what is under Unreleased goes under {version} ({date})",
        "make dist: the source archive and the wheel, in dist/",
        f"git commit on {git('branch', '--show-current') or 'no branch'}: Release {version}",
        f"git tag v{version}",
    ]


def write(version: str, date: str) -> None:
    """Sets the version, and gives the unreleased changes its name."""
    own = PYPROJECT.read_text(encoding="utf-8")
    PYPROJECT.write_text(OWN.sub(f'version = "{version}"', own, count=1), encoding="utf-8")
    changes = CHANGELOG.read_text(encoding="utf-8")
    heading = f"## Unreleased\n\n## {version} ({date})\n"
    CHANGELOG.write_text(changes.replace("## Unreleased\n", heading, 1), encoding="utf-8")


def release(version: str, date: str) -> None:
    """Does what the plan says. What fails before the commit leaves the tree as it was."""
    subprocess.run(["make", "check"], check=True)
    clean()
    try:
        write(version, date)
        subprocess.run(["make", "dist"], check=True)
        git("commit", "--all", "--quiet", "--message", f"Release {version}")
    except BaseException:
        git("checkout", "HEAD", "--", str(PYPROJECT), str(CHANGELOG))
        raise
    git("tag", "--annotate", f"v{version}", "--message", f"Release {version}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version")
    parser.add_argument("--confirm", action="store_true", help="do it, and not only say it")
    options = parser.parse_args()
    date = datetime.date.today().isoformat()
    try:
        examine(options.version)
        print(f"Release {options.version}:", *plan(options.version, date), sep="\n  ")
        if not options.confirm:
            print(f"Nothing was done. To do it: make release VERSION={options.version} CONFIRM=yes")
            return 0
        sys.stdout.flush()
        release(options.version, date)
    except Refused as refusal:
        print(f"No release: {refusal}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"No release: `{' '.join(error.cmd)}` failed.\n{error.stderr or ''}".rstrip(), file=sys.stderr)
        return 1
    print("Released here. To publish it: git push --follow-tags, and upload what is in dist/ to the package index.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
