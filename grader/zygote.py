"""The process that pays for torch once and forks a worker or a judge in milliseconds.

It holds no secrets: it never sees learner code, inputs or references. It is single-threaded, opens no device, and
ends when the host's end of the control socket closes.
Run as `python -m grader.zygote CONTROL SCRATCH`.

Control messages are JSON: host -> zygote first {"optimizer", "abi", "hidden", "homes", "data"}, then {"fork": id,
"role", "config"} with descriptors; zygote -> host first {"ready", "abi", "off", ...}, then {"forked": id, "pid"} with a
pidfd, and {"ended": id, "status", "cpu", "rss"}.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.metadata
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from grader.protocol.control import MAX_DESCRIPTORS, MAX_MESSAGE
from grader.sandbox import confinement, heavy, scratch
from grader.sandbox.endings import ROLE_FAILED, SETUP_FAILED
from grader.sandbox.packages import torchtext_in_python, torchvision_without_cuda


def _warm(optimizer: bool) -> None:
    import numpy
    import torch

    torch.set_num_threads(1)  # a parallel region here would hang every child in GNU OpenMP
    linear = torch.nn.Linear(4, 4)
    linear(torch.ones(2, 4)).sum().backward()
    repr(torch.ones(2))
    torch.manual_seed(0)
    numpy.random.seed(0)  # imported at first use, which takes as long as all the rest of a run
    if optimizer:  # imports some 800 modules
        torch.optim.SGD(linear.parameters(), lr=0.1).step()
    from grader.judge import process  # noqa: F401
    from grader.sandbox import worker  # noqa: F401


def _look_around() -> None:
    """Has Python list every folder that it imports from: forks cannot, where such a folder is granted in pieces."""
    importlib.util.find_spec("a_module_that_is_nowhere")
    importlib.metadata.version("numpy")


class Zygote:
    """The fork server's loop."""

    def __init__(self, control: socket.socket, scratch: str, walls: confinement.Confinement) -> None:
        self.control, self.scratch, self.walls = control, scratch, walls
        self.children: dict[int, int] = {}
        self.wake, wake = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that owns us

    def send(self, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
        with contextlib.suppress(OSError):
            socket.send_fds(self.control, [json.dumps(message).encode()], list(descriptors))

    def serve(self) -> None:
        while True:
            ready, _, _ = select.select([self.control.fileno(), self.wake], [], [])
            if self.wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.wake, 4096)
                self.reap()
            if self.control.fileno() in ready:
                message, descriptors = b"", list[int]()
                with contextlib.suppress(OSError):  # a host that was killed before it read our last word resets us
                    message, descriptors, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, MAX_DESCRIPTORS)
                if not message:
                    self.end()
                self.fork(json.loads(message), descriptors)

    def fork(self, order: dict[str, Any], descriptors: list[int]) -> None:
        from grader.judge import process
        from grader.sandbox import worker

        config = {**order["config"], "confinement": self.walls}
        heavy.fetch(config.get("imports", []), self.scratch)
        pid = os.fork()
        if pid == 0:
            try:
                if order["role"] == "judge":
                    process.main(config, *descriptors)
                else:
                    worker.main(config, *descriptors)
            except OSError:
                os._exit(SETUP_FAILED)  # all that happens later is caught where it happens
            finally:
                os._exit(ROLE_FAILED)
        for descriptor in descriptors:
            os.close(descriptor)
        self.children[pid] = order["fork"]
        handle = os.pidfd_open(pid)
        self.send({"forked": order["fork"], "pid": pid}, (handle,))
        os.close(handle)

    def reap(self) -> None:
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            number = self.children.pop(pid, None)
            if number is not None:
                cpu = usage.ru_utime + usage.ru_stime
                code = os.waitstatus_to_exitcode(status)
                self.send({"ended": number, "status": code, "cpu": cpu, "rss": usage.ru_maxrss})
        self.sweep()

    def sweep(self) -> None:
        """Kills what a worker left behind: orphans come to us, and we know our own children."""
        with contextlib.suppress(OSError):
            listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            for pid in {int(text) for text in listed} - self.children.keys():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Leaves nothing behind."""
        for pid in self.children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.children.clear()
        until = time.monotonic() + 5
        while time.monotonic() < until:
            self.sweep()
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.002)
            except ChildProcessError:
                break
        scratch.remove(self.scratch)  # the host does so too, unless it was killed
        os._exit(0)


def main() -> None:
    from grader.sandbox import limits

    control = socket.socket(fileno=int(sys.argv[1]))
    began = time.perf_counter()
    settings = json.loads(control.recv(MAX_MESSAGE))
    torchvision_without_cuda.install()
    torchtext_in_python.install()
    _warm(settings["optimizer"])
    limits.adopt_orphans()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, a worker goes first
    threads = len(os.listdir("/proc/self/task"))
    hidden, homes, data = ([Path(path) for path in settings[name]] for name in ("hidden", "homes", "data"))
    walls = confinement.examine(hidden, homes, data, newest_abi=settings["abi"])
    _look_around()
    gc.collect()
    gc.freeze()  # else a collection in a child touches, and so copies, every page
    zygote = Zygote(control, sys.argv[2], walls)
    import numpy
    import torch

    versions = {"torch": torch.__version__, "numpy": numpy.__version__}
    boot = round(time.perf_counter() - began, 3)
    zygote.send({"ready": boot, "threads": threads, "versions": versions, "abi": walls.abi, "off": walls.off})
    zygote.serve()


if __name__ == "__main__":
    main()
