"""From which size on our kernels are faster, as measured on this kind of GPU. What was not measured is not used."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import torch

Function = TypeVar("Function", bound=Callable[..., Any])


def constant_in_traces(function: Function) -> Function:
    """Marks a function whose result `torch.compile` takes as it is while it traces: a fact of the machine.

    This is what `torch.compiler.assume_constant_result` does, but for its import of the whole compiler, which takes a
    second and loads Triton.
    """
    function._dynamo_marked_constant = True  # type: ignore[attr-defined]
    return function


SHIPPED = Path(__file__).with_name("crossovers")


@dataclass(frozen=True, slots=True)
class Table:
    """The measured crossovers of one kind of GPU.

    `least` maps an operation to the smallest size from which on all measured sizes were faster, or to None where none
    was. `origin` says who measured it.
    """

    gpu: str
    least: dict[str, int | None]
    origin: str


def slug(gpu: str) -> str:
    """A GPU's name as the name of a file: "NVIDIA H100 80GB HBM3" is nvidia-h100-80gb-hbm3."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in gpu.lower()).split())


def own_file(gpu: str) -> Path:
    """Where `python -P -m kernels.bench --keep` writes what it measured on this machine.

    Triton is for Linux, and there the XDG base directories say where: no further package is needed to know.
    """
    root = os.environ.get("XDG_CACHE_HOME", "").strip()
    return (Path(root) if root else Path.home() / ".cache") / "dl-tutor" / "kernels" / f"{slug(gpu)}.json"


def read(path: Path, origin: str) -> Table | None:
    """The table in a file; None where there is no file, or not one of ours."""
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        least = {str(name): None if size is None else int(size) for name, size in found["least"].items()}
        return Table(str(found["gpu"]), least, origin)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write(path: Path, table: Table) -> None:
    """Saves a table where `read` finds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"gpu": table.gpu, "least": table.least}, indent=2) + "\n", encoding="utf-8")


@lru_cache
def _table(index: int) -> tuple[str, Table | None]:
    gpu = torch.cuda.get_device_name(index)
    own = read(own_file(gpu), "measured on this machine")
    return gpu, own or read(SHIPPED / f"{slug(gpu)}.json", "measured on such a GPU")


def table(index: int) -> Table | None:
    """The table of a GPU: measured on this machine, or one that ships; None where there is neither."""
    return _table(index)[1]


@constant_in_traces
def least(operation: str, index: int | None) -> tuple[int, str]:
    """The smallest size of an operation for which our kernel is used on a GPU, and the reason.

    -1: for no size, because it was slower wherever it was measured, or because it was not measured.
    """
    gpu, known = _table(torch.cuda.current_device() if index is None else index)
    if known is None or operation not in known.least:
        return -1, f"{operation} was not measured on the {gpu} yet: python -P -m kernels.bench --keep does that"
    size = known.least[operation]
    if size is None:
        return -1, f"PyTorch is faster at {operation}, {known.origin}"
    return size, f"ours is used from a size of {size:,} on, {known.origin}"
