"""The map of the house is the house: layers are those of the contracts, and what is named is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
MAPS = ("CONTRIBUTING.md", "docs/architecture.md")
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
ROOMS = "tutor|lessons|kernels|grader|tests|docs|benchmarks|constraints"


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def layers() -> Iterator[str]:
    """A line for each contract about layers, as import-linter has them."""
    for contract in tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            (room,) = contract.get("containers", [contract["layers"][0].split(" | ")[0].rpartition(".")[0]])
            names = [layer.replace(f"{room}.", "") if room else layer for layer in contract["layers"]]
            yield f"{room:12} {' > '.join(names)}"


@pytest.mark.parametrize("page", MAPS)
def test_the_layers_are_the_contracts(page: str) -> None:
    (block,) = re.findall(r"```\n( +tutor > .*?)\n```", text(page), re.DOTALL)
    assert sorted(block.split("\n")) == sorted(layers())


@pytest.mark.parametrize("page", MAPS)
def test_every_path_that_a_map_names_is_there(page: str) -> None:
    named = re.findall(rf"(?:{ROOMS})(?:/[\w.-]+)+/?|(?:{ROOMS})/", text(page))
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path.rstrip(".")).exists()] == []


def test_files_named_beside_another_are_in_its_folder() -> None:
    """A row such as "`grader/sandbox/readable.py` · `seccomp.py`"."""
    for row in text("CONTRIBUTING.md").splitlines():
        folder = None
        for name in re.findall(r"`([\w/]+\.py|[\w/]+/)`", row) if row.startswith("| ") else ():
            if "/" in name:
                folder = (ROOT / name).parent
            else:
                assert folder is None or name == "reference.py" or (folder / name).is_file(), row


def test_ci_tests_each_python_that_is_claimed_and_no_other() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    claimed = [one.split()[-1] for one in project["classifiers"] if re.search(r"Python :: 3\.", one)]
    workflow = yaml.safe_load(text(".github/workflows/check.yml"))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == claimed
    assert "make check" in text(".ci/run")
    used = set(re.findall(r"make PYTHON=python ([a-z ]+)", text(".github/workflows/check.yml")))
    targets = {target for targets in used for target in targets.split()}
    checked = re.search(r"^check: (.*)$", text("Makefile"), re.MULTILINE)
    assert checked and targets - {"dist"} == set(checked[1].split())


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in found}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_goes_somewhere(page: str) -> None:
    prose = re.sub(r"```.*?```", "", text(page), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"https?:", target):
            path, _, anchor = target.partition("#")
            file = (ROOT / page).parent / path if path else ROOT / page
            assert file.exists(), target
            assert not anchor or anchor in headings(file), target
