"""What all kernels that we ship become on a GPU, without one: a table to read, and figures to save in files."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import triton
import triton.language as tl

from kernels.compile import compiler, shipped
from kernels.compile.compiler import TARGETS, Compiled, compile_launch, signature
from kernels.launch.gpu import assuming_capability
from kernels.launch.launch import Launch

SOURCES = "sources.json"
"""In a directory of figures: a digest of the source that each file of them was compiled from."""
COLUMNS = (
    "registers", "stack", "shared", "wgmma", "mma", "loads", "wide_loads", "async_copies", "spills",
    "loop_instructions", "loop_barriers",
)  # fmt: skip


def triton_version() -> str:
    """Triton's version as far as its code generator depends on it: "3.9"."""
    return ".".join(str(triton.__version__).split(".")[:2])


def launches(operation: str) -> Iterator[tuple[str, Launch]]:
    """The launches of an operation's shipped calls, each with a name of its own."""
    for call in shipped.OPERATIONS[operation]():
        for launch in call.launches():
            yield f"{call.name}: {launch.kernel.__name__}", launch


def report(operation: str, target: str, only: Callable[[int], bool] = lambda place: True) -> dict[str, Compiled]:
    """Compiles an operation's shipped launches for a target: name of the launch to what became of it.

    only: which of them, by their places.
    """
    with assuming_capability(divmod(TARGETS[target], 10)):
        named = enumerate(launches(operation))
        return {name: compile_launch(launch, target) for place, (name, launch) in named if only(place)}


def table(found: Iterable[tuple[str, Compiled]]) -> Iterator[str]:
    """A table of them, with the faults below the line they are found in."""
    yield f"{'kernel':64} {'warps':>5} " + " ".join(f"{column:>{max(6, len(column))}}" for column in COLUMNS)
    for name, one in found:
        figures = one.figures()
        row = " ".join(f"{figures[column]:>{max(6, len(column))}}" for column in COLUMNS)
        yield f"{name:64} {one.warps:>5} {row}"
        yield from (f"  fault: {fault}" for fault in one.faults())


def figures_file(directory: Path, operation: str, target: str) -> Path:
    """Where the figures of an operation stand: one file an operation, a target and a version of Triton."""
    return directory / f"{operation}-{target}-triton-{triton_version()}.json"


def saved_figures(directory: Path, operation: str, target: str) -> dict[str, Any] | None:
    """The figures that were saved for this version of Triton, or None where there are none."""
    path = figures_file(directory, operation, target)
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _text(kernel: Any) -> str:
    """A kernel's source with that of all kernels that it calls, and with its global constants."""
    found: dict[str, str] = {}
    waiting = [kernel]
    while waiting:
        one = waiting.pop()
        if one.__name__ not in found:
            found[one.__name__] = one.src
            known = {name: one.fn.__globals__.get(name) for name in re.findall(r"\w+", one.src)}
            waiting += [value for value in known.values() if isinstance(value, triton.JITFunction)]
            found |= {name: str(value) for name, value in known.items() if isinstance(value, tl.constexpr)}
    return "".join(f"{name}\n{text}\n" for name, text in sorted(found.items()))


def source(operation: str, target: str) -> str:
    """A digest of what an operation's shipped launches are compiled from, and of what compiles them and reads it."""
    found = hashlib.sha256(Path(compiler.__file__).read_bytes())
    texts: dict[str, str] = {}
    with assuming_capability(divmod(TARGETS[target], 10)):
        for name, launch in launches(operation):
            texts[launch.kernel.__name__] = texts.get(launch.kernel.__name__) or _text(launch.kernel)
            types, constants, multiples = signature(launch)
            how = [name, types, constants, sorted(multiples), launch.warps, launch.stages]
            found.update(json.dumps(how, default=str, sort_keys=True).encode())
    found.update(json.dumps(texts, sort_keys=True).encode())
    return found.hexdigest()


def compiled_from(directory: Path) -> dict[str, str]:
    """From which source the saved figures came, by the names of their files."""
    path = directory / SOURCES
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def save_figures(directory: Path, operation: str, target: str, found: dict[str, Compiled]) -> None:
    """Writes the figures that the tests hold the next change against."""
    figures = {name: one.figures() for name, one in found.items()}
    directory.mkdir(parents=True, exist_ok=True)
    path = figures_file(directory, operation, target)
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sources = {**compiled_from(directory), path.stem: source(operation, target)}
    (directory / SOURCES).write_text(json.dumps(sources, indent=1, sort_keys=True) + "\n", encoding="utf-8")
