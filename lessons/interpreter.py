"""Another Python of this installation, for what takes torch, time or limits of its own.

Whatever the user's own Python would import is theirs, and a folder of hand-ins is nobody's: so such a process starts in
`/`, with an environment made here, and imports nothing from the folder that the user stands in, from PYTHONPATH or
from packages that were installed for one user only. Every process that the tutor starts is started here, but for the
learner's own editor. Standard library only.
"""

from __future__ import annotations

import fnmatch
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
"""Where the rooms of this installation lie: a checkout, or site-packages."""
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What every process sees of the user's environment: where programs and libraries are, and how text is written."""
NETWORK = ("*_proxy", "*_PROXY", "SSL_CERT_*", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HF_*", "HUGGINGFACE_*")
"""What a process sees besides that fetches something."""
DEVICES = ("CUDA_*", "NVIDIA_*", "TRITON_*", "TORCH*", "PYTORCH_*", "HIP_*", "ROCR_*", "CC", "DL_TUTOR_KERNELS")
"""What a process sees besides that uses a GPU."""
HOME = ("HOME", "USER", "LOGNAME", "XDG_*", "TMPDIR")
"""What a process sees besides that keeps something in the user's home."""


def environment(keep: Iterable[str] = (), more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment of ours. keep: names or patterns of the user's variables beside KEPT. more: values of ours."""
    wanted = (*KEPT, *keep)
    kept = {
        name: value
        for name, value in os.environ.items()
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in wanted)
    }
    return {**kept, **(more or {})}


def running(code: str, *arguments: str, bare: bool = False) -> list[str]:
    """The command line that runs `code` with these arguments, where the rooms of this installation can be imported.

    bare: without any package beside them.
    """
    options = ["-I", "-S"] if bare else ["-P", "-s"]
    start = f"import sys; sys.path.{f'insert(0, {str(ROOT)!r})' if bare else f'append({str(ROOT)!r})'}; {code}"
    return [sys.executable, *options, "-c", start, *arguments]


def running_module(name: str, *arguments: str) -> list[str]:
    """The command line that runs a module as a program."""
    return running(f"import runpy; runpy.run_module({name!r}, run_name='__main__', alter_sys=True)", *arguments)


def started(command: list[str], *, env: Mapping[str, str], **pipes: Any) -> subprocess.Popen[Any]:
    """Starts a command line of `running`; pipes: as subprocess.Popen takes them. Raises OSError."""
    return subprocess.Popen(command, cwd="/", env=env, **pipes)


def run(command: list[str], *, env: Mapping[str, str], **pipes: Any) -> subprocess.CompletedProcess[Any]:
    """Runs a command line of `running` to its end; pipes: as subprocess.run takes them.

    Raises OSError and subprocess.TimeoutExpired.
    """
    return subprocess.run(command, cwd="/", env=env, **pipes)
