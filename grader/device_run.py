"""A demo of the course on a GPU: by a Python of its own and outside the sandbox, which has no device.

It is for the course's own code alone, which whoever installed it trusts. A learner's file never comes here.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.grading import Cancel, Cancelled, SandboxError
from grader.live.events import Events
from grader.provision import provide
from grader.records.verdict import Output, Status
from grader.sandbox.run import Run
from lessons import interpreter
from lessons.data import mirror
from lessons.schema import Demo

NO_GPU, UNUSED, FAILED = 10, 11, 12
"""How the process ends where there is no GPU, where the demo never used it, and where it raised an exception."""
BEAT = 0.1
OnOutput = Callable[[str], None]
OnEvent = Callable[[dict[str, Any]], None]


def run(
    demo: Demo,
    on_output: OnOutput,
    on_event: OnEvent,
    cancel: Cancel,
    *,
    device: str = "cuda",
    folder: Path | None = None,
) -> Run:
    """Runs a demo to its end. Raises Cancelled, and SandboxError where its data cannot be had.

    folder: where data sets are, by default where all of the tutor's are.
    """
    data, began = folder or mirror.default(), time.monotonic()
    try:
        used = provide((demo.source,), data, on_output, on_event=on_event, cancel=cancel)
    except mirror.DataError as error:
        raise SandboxError(str(error)) from None
    scratch = tempfile.mkdtemp(prefix="dl-tutor-demo-")
    told, ours = os.pipe()
    events = Events()
    try:
        order = {"source": demo.source, "name": f"{demo.id}.py", "seed": demo.seed, "device": device, "events": ours}
        process = interpreter.started(
            interpreter.running("from grader.device_run import serve; serve()", scratch, str(data)),
            env=interpreter.environment((*interpreter.DEVICES, *interpreter.HOME)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(ours,),
        )
        os.close(ours)
        try:
            _converse(process, json.dumps(order).encode(), told, events, on_output, on_event, cancel)
            code = process.wait()
        finally:
            process.kill()
            process.wait()
    finally:
        os.close(told)
        shutil.rmtree(scratch, ignore_errors=True)
    status, message = _ending(code, device)
    seconds = time.monotonic() - began
    return Run(status, message, Output(head="", tail="", omitted=0), events.kept, seconds, data=used)


def _converse(
    process: subprocess.Popen[bytes],
    order: bytes,
    told: int,
    events: Events,
    on_output: OnOutput,
    on_event: OnEvent,
    cancel: Cancel,
) -> None:
    """Hands on what the process prints, logs and draws, until it has ended. Raises Cancelled."""
    assert process.stdin is not None and process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.write(order)
        process.stdin.close()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(told, selectors.EVENT_READ)
        while selector.get_map():
            if cancel.is_set:
                raise Cancelled
            for key, _ in selector.select(BEAT):
                data = os.read(key.fd, 1 << 16)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fd == told:
                    for event in events.add(data):
                        on_event(event)
                else:
                    on_output(data.decode("utf-8", "replace"))


def _ending(code: int, device: str) -> tuple[Status, str]:
    endings: dict[int, tuple[Status, str]] = {
        0: ("passed", ""),
        NO_GPU: ("error", "PyTorch sees no NVIDIA GPU here. Without --device the demo runs on the CPU."),
        UNUSED: ("passed", f"Nothing of it was on the device {device}: this demo keeps its tensors on the CPU."),
        FAILED: ("error", "The demo has failed; what it raised stands above."),
    }
    return endings.get(code, ("crashed", f"The demo's process has ended with the code {code}."))


# --- in the process of its own ---


def serve() -> None:
    """Runs what comes on standard input. Arguments: a folder to be in, and that of the data sets. Never returns."""
    scratch, data = sys.argv[1:3]
    order = json.loads(sys.stdin.buffer.read())
    os.chdir(scratch)
    os._exit(_served(order, Path(data)))


def _served(order: dict[str, Any], data: Path) -> int:
    import random

    import numpy as np
    import torch

    from grader.live import logger
    from grader.sandbox import scratch
    from grader.sandbox.packages import mends

    cuda = order["device"] == "cuda"
    if cuda and not torch.cuda.is_available():
        return NO_GPU
    scratch.link(".", [data])
    mends.install(confined=False)
    logger.install(order["events"])
    random.seed(order["seed"])
    np.random.seed(order["seed"])
    torch.manual_seed(order["seed"])
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    try:
        exec(compile(order["source"], order["name"], "exec"), module.__dict__)
        return UNUSED if cuda and not torch.cuda.max_memory_allocated() else 0
    except BaseException:
        traceback.print_exc()
        return FAILED
    finally:
        logger.flush()
        sys.stdout.flush()
        sys.stderr.flush()
