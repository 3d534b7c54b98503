"""What the files of attacks say of themselves: in a docstring, and in comments of the form `# name: value`."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

NAMED = re.compile(r"^# (ends|exercise|from|seed|waits|with): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Header:
    """A file's text, what it tries, in which statuses it may end, whether it is slow, and what else it names."""

    source: str
    tries: str
    ends: frozenset[str]
    slow: bool
    named: dict[str, str]


def read(path: Path, form: str, **values: str) -> Header:
    """The header of a file. values: patterns of what it has to name. form: how it begins. Raises ValueError."""
    source = path.read_text(encoding="utf-8")
    tries = ast.get_docstring(ast.parse(source)) or ""
    named: dict[str, str] = {}
    for name, value in NAMED.findall(source):
        named.setdefault(name, value)
    wanted = {"ends": ".+", **{name.rstrip("_"): pattern for name, pattern in values.items()}}
    whole = all(re.fullmatch(pattern, named.get(name, "")) for name, pattern in wanted.items())
    if not tries.startswith("Tries to ") or not whole:
        raise ValueError(f"{path}: {form}")
    if helper := named.get("with"):
        source = (path.parents[1] / f"{helper}.py").read_text(encoding="utf-8") + source
    return Header(source, tries, frozenset(named["ends"].split()), "\n# slow\n" in source, named)
