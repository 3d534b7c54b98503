"""What there is to compute with: versions, the GPU, the back end that is asked for."""

from typing import NamedTuple

import torch

from kernels.dispatch import choice, crossover


def version() -> str:
    """The version of the package that is installed; "source" where it is used from a folder."""
    import importlib.metadata

    try:
        return importlib.metadata.version("dl-tutor")
    except importlib.metadata.PackageNotFoundError:
        return "source"


def triton_version() -> str | None:
    """Triton's version, without importing it; None where it is not installed."""
    if not choice.triton_here():
        return None
    import importlib.metadata

    try:
        return importlib.metadata.version("triton")
    except importlib.metadata.PackageNotFoundError:
        return "source"


class Status(NamedTuple):
    """What `kernels.status` found.

    `asked` is the back end for calls that name none; `obstacle` says why ours cannot run here, or is None; `measured`
    says where the table of crossovers comes from, without which "auto" keeps PyTorch.
    """

    kernels: str
    torch: str
    triton: str | None
    gpu: str | None
    asked: str
    interpreting: bool
    obstacle: str | None
    measured: str | None

    def __str__(self) -> str:
        runs = "ours can run here" if self.obstacle is None else f"ours cannot run here: {self.obstacle}"
        if self.interpreting:
            runs = "ours are interpreted, on request"
        table = f"crossovers {self.measured}" if self.measured else "no crossovers: auto keeps PyTorch"
        return (
            f"kernels {self.kernels}, torch {self.torch}, triton {self.triton or 'is not installed'}, "
            f"{self.gpu or 'no GPU'}\n{runs}; {table}; the backend is {self.asked}"
        )


def status() -> Status:
    """Versions, the GPU, and what `backend=None` means here and now; a sentence or two when printed."""
    here = torch.cuda.is_available()
    index = torch.cuda.current_device() if here else None
    table = crossover.table(index) if index is not None else None
    return Status(
        kernels=version(),
        torch=str(torch.__version__),
        triton=triton_version(),
        gpu=torch.cuda.get_device_name(index) if here else None,
        asked=choice.asked(),
        interpreting=choice.interpreting(),
        obstacle=choice.unavailable("cuda", index) if here else "PyTorch sees no GPU",
        measured=None if table is None else table.origin,
    )
