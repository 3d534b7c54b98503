"""The process that pays for torch once and forks a worker or a judge in milliseconds.

It holds no secrets: it never sees learner code, inputs or references. It is single-threaded, opens no device, and
ends when the host's end of the control socket closes.
The host starts it with a control socket and the folder of all scratch folders; what is said on the socket is in
grader.protocol.control.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.metadata
import importlib.util
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from grader.protocol import control as messages
from grader.protocol.control import MAX_DESCRIPTORS, MAX_MESSAGE, Ended, Fork, Forked, Message, Ready, Settings
from grader.sandbox import confinement, heavy, huge_pages, limits, machine, scratch
from grader.sandbox.endings import ROLE_FAILED, SETUP_FAILED
from grader.sandbox.packages import mends


def _warm() -> None:
    import numpy
    import torch

    torch.set_num_threads(1)  # a parallel region here would hang every child in GNU OpenMP
    linear = torch.nn.Linear(4, 4)
    linear(torch.ones(2, 4)).sum().backward()
    repr(torch.ones(2))
    torch.manual_seed(0)
    numpy.random.seed(0)  # imported at first use, which takes as long as all the rest of a run
    from grader.judge import process  # noqa: F401
    from grader.sandbox import dry_run

    dry_run.play()


def _look_around() -> None:
    """Has Python list every folder that it imports from: forks cannot, where such a folder is granted in pieces."""
    importlib.util.find_spec("a_module_that_is_nowhere")
    importlib.metadata.version("numpy")


IDLE = 0.005
"""Seconds without an order after which the zygote goes on to tidy its memory."""


class Zygote:
    """The fork server's loop."""

    def __init__(self, control: socket.socket, scratch: str, walls: confinement.Confinement) -> None:
        self.control, self.scratch, self.walls = control, scratch, walls
        self.children: dict[int, int] = {}
        self.untidy: Iterator[bool] | None = huge_pages.collapse()
        """The steps in which its memory is moved to huge pages, while there is nothing to do."""
        self.wake, wake = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that owns us

    def send(self, message: Message, descriptors: tuple[int, ...] = ()) -> None:
        with contextlib.suppress(OSError):
            socket.send_fds(self.control, [messages.encode(message)], list(descriptors))

    def serve(self) -> None:
        while True:
            ready, _, _ = select.select([self.control.fileno(), self.wake], [], [], IDLE if self.untidy else None)
            if not ready and self.untidy and next(self.untidy, None) is None:
                self.untidy = None
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
                order = messages.decode_request(message)
                assert isinstance(order, Fork)
                self.fork(order, descriptors)

    def fork(self, order: Fork, descriptors: list[int]) -> None:
        from grader.judge import process
        from grader.sandbox import worker

        if heavy.fetch(order.imports, self.scratch):
            self.untidy = huge_pages.collapse()
        pid = os.fork()
        if pid == 0:
            try:
                if order.role == "judge":
                    process.main(order.config, self.walls, *descriptors)
                else:
                    worker.main(order.config, self.walls, *descriptors)
            except OSError:
                os._exit(SETUP_FAILED)  # all that happens later is caught where it happens
            finally:
                os._exit(ROLE_FAILED)
        for descriptor in descriptors:
            os.close(descriptor)
        self.children[pid] = order.number
        handle = os.pidfd_open(pid)
        self.send(Forked(number=order.number, pid=pid), (handle,))
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
                self.send(Ended(number=number, status=code, cpu=cpu))
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
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = messages.decode_request(control.recv(MAX_MESSAGE))
    assert isinstance(settings, Settings)
    os.environ["TRITON_INTERPRET"] = "1"  # Triton decides when it is imported, and parts of torch import it too
    mends.install(confined=True)
    _warm()
    limits.adopt_orphans()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, a worker goes first
    hidden, homes, data = (map(Path, paths) for paths in (settings.hidden, settings.homes, settings.data))
    walls = confinement.examine(hidden, homes, data, newest_abi=settings.abi)
    _look_around()
    scale = machine.scale()
    gc.collect()
    gc.freeze()  # else a collection in a child touches, and so copies, every page
    zygote = Zygote(control, sys.argv[2], walls)
    import numpy
    import torch

    versions = {"torch": str(torch.__version__), "numpy": str(numpy.__version__)}
    zygote.send(Ready(versions=versions, abi=walls.abi, off=walls.off, scale=scale))
    zygote.serve()


if __name__ == "__main__":
    main()
