"""torchvision's wheel is built for CUDA. Beside a torch for the CPU its extension does not load, and the import fails:
it registers shapes for operators that nobody has defined (`torchvision/_meta_registrations.py`).

Where the extension really cannot be loaded, those operators are declared, so that the import goes on. They still
have no implementation: calling one is torch's own clear error. A torchvision that fits its torch is left as it is.
"""

from __future__ import annotations

import importlib.machinery
import re
from pathlib import Path
from typing import Any

from grader.sandbox.packages.hook import at_import

SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
"""Of the operators that are registered at import: they suppress overlapping boxes."""
_kept: list[Any] = []
"""A torch.library.Library takes its definitions along when it goes."""


def install() -> None:
    """Makes `import torchvision` work from now on, whichever build it is."""
    at_import("torchvision", mend)


def installed() -> bool:
    """Whether there is a torchvision."""
    return importlib.machinery.PathFinder.find_spec("torchvision") is not None


def mend() -> str:
    """`native` where torchvision's extension loads, `declared` where its operators had to be; `absent` without it."""
    import torch

    spec = importlib.machinery.PathFinder.find_spec("torchvision")
    if spec is None or not spec.submodule_search_locations:
        return "absent"
    folder = Path(spec.submodule_search_locations[0])
    for extension in folder.glob("_C*"):
        try:
            torch.ops.load_library(str(extension))
        except OSError:  # a library of CUDA is missing
            continue
        return "native"
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in sorted(_registered(folder)):
        if not hasattr(torch.ops.torchvision, name):
            library.define(f"{name}{SCHEMA}")
    _kept.append(library)
    return "declared"


def _registered(folder: Path) -> set[str]:
    """The operators for which the package registers shapes when it is imported, by its own source."""
    source = (folder / "_meta_registrations.py").read_text(encoding="utf-8")
    return set(re.findall(r'^@torch\.library\.register_fake\("torchvision::(\w+)"\)', source, re.MULTILINE))
