"""What an exception has to do with where the code runs: said to who could not know it from its message.

Looked up in the worker, in an exception that may be hostile; what comes of it is text that is shown, and no more.
"""

from __future__ import annotations

import re
from types import FrameType
from typing import Any

READY = ("MNIST", "FashionMNIST")
"""The classes of torchvision whose files are there before code runs that names them."""
PACKAGE = "torchvision.datasets"
NO_GPU = re.compile(
    r"Torch not compiled with CUDA|No CUDA GPUs are available|no NVIDIA driver|CUDA error|no CUDA-capable device"
    r"|Cannot access accelerator device when none is available|without ATen_cuda library"
)
GPU = (
    'The tutor runs code on the CPU, even where there is a GPU. With torch.device("cuda" if torch.cuda.is_available() '
    'else "cpu") the same file is judged here and uses a GPU when you run it with plain Python'
)


MODULES = {
    ("torch.utils.data", "multiprocessing"): (
        "A loader with num_workers starts processes, but your code must stay in one: leave num_workers at 0"
    ),
    ("multiprocessing", "concurrent.futures.process"): (
        "Your code runs in one process and cannot start another: do the work in a loop, or in threads"
    ),
    ("torch._dynamo", "torch._inductor"): (
        "torch.compile calls a compiler, but your code cannot start another program: leave it out here"
    ),
}
"""What is said where an exception comes through a module whose name begins like that; the first that fits."""
TYPED = {
    "EOFError": "Nobody can type anything while your code runs here: take the value as an argument, or write it down",
    "BdbQuit": "A debugger waits for somebody to type, but nobody can here: run your file by itself to look into it",
}
"""What is said where an exception of this class comes from a call that waits for somebody to type."""
BESIDE = "Only what is installed can be imported, but no file beside yours: write what you need into this file"


def advice(error: BaseException, message: str) -> str:
    """A sentence without its full stop, or nothing."""
    try:
        if NO_GPU.search(message):
            return GPU
        return _data_set(error, message) or _place(error)
    except BaseException:  # a class of the learner's can do anything when it is looked at
        return ""


def _place(error: BaseException) -> str:
    """What the modules that an exception came through need, and do not have here."""
    names = [str(frame.f_globals.get("__name__")) for frame in _all_frames(error)]
    kind = type(error)
    if kind is ModuleNotFoundError or (kind is ImportError and "relative import" in str(error)):
        return BESIDE if _own_import(error) else ""
    if kind is EOFError or (kind.__name__ == "BdbQuit" and kind.__module__ == "bdb"):
        return TYPED[kind.__name__]
    loader = any(name.startswith("torch.utils.data") for name in names)
    for modules, said in MODULES.items():
        if any(name.startswith(modules) for name in names) and (loader or "torch.utils.data" not in modules):
            refused = isinstance(error, PermissionError) or "[Errno 1]" in str(error) or kind.__module__[:6] == "torch."
            return said if refused else ""
    return ""


def _own_import(error: BaseException) -> bool:
    """Whether it was the learner's own import that failed, and not one in a package."""
    frames = [one for one in _all_frames(error) if not one.f_code.co_filename.startswith("<frozen importlib")]
    return not frames or "site-packages" not in frames[-1].f_code.co_filename


def _all_frames(error: BaseException) -> list[FrameType]:
    found = []
    trace = error.__traceback__
    while trace is not None:
        found.append(trace.tb_frame)
        trace = trace.tb_next
    return found


def _data_set(error: BaseException, message: str) -> str:
    """Why a data set of torchvision has not found its files, where that is what has happened."""
    frames = _frames(error)
    asked = any(frame.f_code.co_name in ("download", "_download") for frame in frames)
    if not frames or not (asked or message.startswith("Dataset not found")):
        return ""
    kind = type(frames[0].f_locals.get("self"))
    known = next((one.__name__ for one in kind.__mro__ if _ours(one) and one.__name__ in READY), None)
    base = next((one for one in kind.__mro__ if _ours(one)), None)
    if known is None or base is None or base.__name__ != known:  # KMNIST is an MNIST too, and not there
        return "Nothing can be fetched from here; dl-tutor data list names the data sets that are there"
    if kind.__name__ != known:
        return (
            f"A class derived from {known} looks for its files in a folder of its own name, {kind.__name__}, and "
            f"nothing can be fetched from here. What {known} reads is there: call your class {known} too, or let "
            f'it hold a data set, {known}("data"), instead of deriving from it'
        )
    return (
        f'Nothing can be fetched from here. What {known} reads is already there, in "data": write {known}("data", ...)'
    )


def _frames(error: BaseException) -> list[FrameType]:
    """Those in which a data set of torchvision was at work, from the outermost on."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        name: Any = trace.tb_frame.f_globals.get("__name__")
        if isinstance(name, str) and name.startswith(PACKAGE) and "self" in trace.tb_frame.f_locals:
            found.append(trace.tb_frame)
        trace = trace.tb_next
    return found


def _ours(kind: type) -> bool:
    return kind.__module__.startswith(f"{PACKAGE}.")
