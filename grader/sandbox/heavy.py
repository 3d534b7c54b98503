"""Packages that take half a second or more to import: the zygote imports them once, when code that names them comes."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
from collections.abc import Iterable

from grader.sandbox.packages import torchvision_without_cuda

NAMES = {
    "matplotlib": re.compile("matplotlib"),
    "sklearn": re.compile("sklearn"),
    "torchvision": re.compile("torchvision"),
    "torchtext": re.compile("torchtext"),
    "kernels": re.compile(r"\bkernels\b"),
    "triton": re.compile(r"\btriton\b"),
    "torch.optim": re.compile(r"\boptim\b"),
}
"""Package -> how code that imports it looks. An optimizer's first step imports some 800 modules, and Triton is slow at
its first launch."""


def named(*sources: str) -> tuple[str, ...]:
    """Which of them sources name. A hint: code that imports one without naming it waits for it itself."""
    return tuple(name for name in NAMES if any(names(source, name) for source in sources))


def names(source: str, name: str) -> bool:
    """Whether a source names one of them."""
    return name.rpartition(".")[2] in source and NAMES[name].search(source) is not None


_fetched: set[str] = set()


def fetch(names: Iterable[str], scratch: str) -> bool:
    """Imports those that have not been imported yet; whether there were any. scratch: the folder of all scratch
    folders."""
    missing = [name for name in names if name in NAMES and name not in _fetched]
    for name in missing:
        with contextlib.suppress(Exception):  # what is not there, or breaks, the code itself is told
            _import(name, scratch)
    _fetched.update(missing)
    if missing:
        gc.collect()
        gc.freeze()  # else a collection in a fork touches, and so copies, every page
    return bool(missing)


def _import(name: str, scratch: str) -> None:
    if name == "matplotlib":
        _matplotlib(scratch)
    elif name == "sklearn":
        import sklearn.datasets  # noqa: F401
    elif name == "torch.optim":
        _optimizer()
    elif name == "kernels":  # in a checkout it lies in a folder that forks cannot list
        import kernels.nn  # noqa: F401
    elif name == "triton":
        from grader.sandbox import interpreted

        interpreted.fetch()
    elif name == "torchtext":
        import torchtext.vocab  # noqa: F401
    elif torchvision_without_cuda.installed():
        import torchvision.datasets
        import torchvision.transforms  # noqa: F401


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


def _optimizer() -> None:
    import torch

    weight = torch.nn.Parameter(torch.ones(1))
    weight.grad = torch.ones(1)
    torch.optim.SGD([weight], lr=0.1).step()
