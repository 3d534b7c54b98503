"""Packages that take half a second or more to import: the zygote imports them once, when code that names them comes."""

from __future__ import annotations

import gc
import os
import shutil
import sys

from grader.sandbox.packages import torchvision_without_cuda

NAMES = ("matplotlib", "sklearn", "torchvision", "torchtext")


def named(*sources: str) -> list[str]:
    """Which of them sources name. A hint: code that imports one without naming it waits for it itself."""
    return [name for name in NAMES if any(name in source for source in sources)]


def fetch(names: list[str], scratch: str) -> None:
    """Imports those that have not been imported yet. scratch: the folder of all scratch folders."""
    missing = [name for name in names if name in NAMES and name not in sys.modules]
    for name in missing:
        if name == "matplotlib":
            _matplotlib(scratch)
        elif name == "sklearn":
            import sklearn.datasets  # noqa: F401
        elif name == "torchtext":
            import torchtext.vocab  # noqa: F401
        elif torchvision_without_cuda.installed():
            import torchvision.datasets
            import torchvision.transforms  # noqa: F401
    if missing:
        gc.collect()
        gc.freeze()  # else a collection in a fork touches, and so copies, every page


def _matplotlib(scratch: str) -> None:
    """Its cache lies with the scratch folders, and is not kept."""
    cache = os.environ["MPLCONFIGDIR"] = os.path.join(scratch, "matplotlib")
    try:
        import matplotlib.pyplot as plt

        plt.close(plt.figure())  # chooses the backend
        plt.subplots()[1].set_title("a")
        plt.close()
    finally:
        del os.environ["MPLCONFIGDIR"]  # a worker that imports it by itself writes to its own folder
        shutil.rmtree(cache, ignore_errors=True)
