"""Runs tests on mutants, one after the other, in forks of a process that has paid for torch already.

It reads a line for each: `FOLDER<tab>TEST FILES...`, the folder holding a copy of the package, and answers with the
exit code of pytest. Forking is safe because torch has one thread and has not computed anything.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy  # noqa: F401
import pytest
import torch

LEFT_OUT = "not the_judge and not authors_hint and not in_the_sandbox"
"""Tests that start processes of their own, which would import the package as it is."""
PLUGINS = [part for name in ("cacheprovider", "hypothesispytest", "xdist", "asyncio") for part in ("-p", f"no:{name}")]
OPTIONS = ["-x", "-q", "-c", os.devnull, "--rootdir", str(Path.cwd()), "--assert=plain", *PLUGINS, "-k", LEFT_OUT]
"""What takes time and is not needed is left out: starting pytest is most of the work."""


def main() -> None:
    torch.set_num_threads(1)
    for line in sys.stdin:
        folder, *tests = line.rstrip("\n").split("\t")
        pid = os.fork()
        if pid == 0:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            sys.path.insert(0, folder)
            code = pytest.main([*OPTIONS, *tests])
            import grader

            os._exit(code if str(grader.__file__).startswith(folder) else 99)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
