"""The process that runs learner code: it locks itself, then answers steps with values until its channel closes.

It holds no answer. What it sends is decoded elsewhere with every length checked, so that code which takes this
process over can still do no more than send values.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import os
import random
import signal
import sys
import types
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import numpy as np
import torch

from grader.live import canvas, logger, panels  # noqa: F401  # what `show` needs, while it can be read
from grader.live.stream import Stream
from grader.protocol import tensors, wire
from grader.protocol.control import RoleConfig
from grader.protocol.steps import USED, step_of
from grader.sandbox import interpreted, limits, whereabouts
from grader.sandbox.calls import listening
from grader.sandbox.confinement import Confinement, explanation
from grader.sandbox.endings import READY, SETUP_FAILED
from grader.sandbox.player import Player, Reply
from grader.sandbox.raised import describe

CHANNEL, EVENTS, STACK = 3, 4, 5
RETURN_FAILED = "return"
_eval, _compile = eval, compile  # as they were before the learner's code


def main(config: RoleConfig, walls: Confinement, *descriptors: int) -> None:
    """Never returns. descriptors: channel, output, errors, events, stack."""
    try:
        _enter(config, walls, *descriptors)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(2, f"sandbox: {error!r}\n".encode())
        os._exit(SETUP_FAILED)
    with contextlib.suppress(EOFError, wire.WireError, OSError):
        _serve(Path(config.scratch), config.layers)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    os._exit(0)  # atexit handlers, finalisers and threads of the learner do not run


def _enter(config: RoleConfig, walls: Confinement, channel: int, out: int, err: int, events: int, stack: int) -> None:
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    limits.die_with_parent()
    os.setsid()
    nothing = os.open("/dev/null", os.O_RDONLY)
    limits.keep_descriptors({0: nothing, 1: out, 2: err, CHANNEL: channel, EVENTS: events, STACK: stack})
    whereabouts.answer_on(STACK)
    limits.settle(config.scratch)
    limits.lock(config.cpu, config.memory)
    walls.enter(config.layers, write=[config.scratch])


class Counted(io.FileIO):
    """A descriptor to print to; the stream of events hears how much went through it."""

    def __init__(self, descriptor: int, stream: Stream) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.stream = stream

    def write(self, data: Any) -> int:
        written = super().write(data)
        self.stream.printed += written or 0
        return written


def _text(descriptor: int, stream: Stream) -> io.TextIOWrapper:
    raw = Counted(descriptor, stream)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)


def _send(nonce: bytes, number: int, outcome: dict[str, Any], dump: wire.Dump | None) -> None:
    try:
        frame = wire.pack({"number": number, **outcome}, nonce, dump)
    except BaseException as error:
        raised = {**describe(error, ""), "type": RETURN_FAILED}
        frame = wire.pack({"number": number, "raised": raised}, nonce)
    wire.send_to(CHANNEL, frame)


def _serve(scratch: Path, layers: Collection[str]) -> None:
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    stream = logger.install(EVENTS)
    sys.stdout, sys.stderr = _text(1, stream), _text(2, stream)
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    wire.send_to(CHANNEL, READY)
    receive = wire.received_from(CHANNEL)
    nonce = receive(16)
    if len(nonce) < 16:
        return
    player: Player | None = None
    while True:
        message = wire.read(receive, nonce, tensors.load, inputs=True)
        number = message["number"]
        dump: wire.Dump | None = tensors.dump
        if message["op"] == "load":
            if message.get("remember"):
                stream.remember()
            player, outcome = load(message, scratch)
        elif message["op"] == "measure":
            assert player is not None
            outcome, dump = _measure(message["expression"], player, stream), None  # tensors are no plain data
        else:
            assert player is not None
            if message["begins"]:
                player.begin()
            outcome = play(message, player)
        logger.flush()
        if (raised := outcome.get("raised")) and (said := raised.pop("advice", "") or explanation(raised, layers)):
            raised["message"] = ". ".join(filter(None, (raised["message"].rstrip().removesuffix("."), said)))
        if raised:
            raised["message"] = raised["message"].replace(f"{scratch}/", "").replace(str(scratch), "its own folder")
        _send(nonce, number, outcome, dump)


def load(message: dict[str, Any], scratch: Path) -> tuple[Player, Reply]:
    """Runs the learner's file, after the public fixtures, and makes the player of its names."""
    random.seed(message["seed"])
    np.random.seed(message["seed"] % (1 << 32))
    torch.manual_seed(message["seed"])
    fixtures = types.ModuleType("fixtures")
    if message["fixtures"]:
        exec(compile(message["fixtures"], "fixtures.py", "exec"), fixtures.__dict__)
    name, source = message["name"], message["source"]
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    module = types.ModuleType(Path(name).stem.replace("-", "_"))
    module.__file__ = name
    sys.modules[module.__name__] = module
    player = Player(module.__dict__, fixtures.__dict__, scratch, name)
    try:
        if "\0" in source:  # Python says so without a line
            number = source[: source.index("\0")].count("\n") + 1
            raise SyntaxError("there is a null byte in the file", (name, number, None, None))
        with interpreted.recording(name, message.get("inspect")):
            exec(compile(source, name, "exec"), module.__dict__)
    except BaseException as error:
        # an exit ends the reading of the file, and no more: what stands above it is there
        if type(error) is not SystemExit or error.code:
            return player, Reply(raised=describe(error, name))
    return player, Reply(value=None, seen={})


def play(message: dict[str, Any], player: Player) -> Reply:
    """One step; where some functions are forbidden, with what was heard of them beside the value."""
    if not message.get("forbidden"):
        return player.play(step_of(message))
    with listening(message["forbidden"], player.name) as heard:
        outcome = player.play(step_of(message))
    if "seen" in outcome:
        outcome["seen"] = {**outcome["seen"], USED: heard}
    return outcome


def _measure(expression: str, player: Player, stream: Stream) -> Reply:
    """The value of an expression in the names that the file has left, and three of ours.

    `curve(name)` is all that was logged by a name, `raised(function)` the class of the exception that a call raises,
    `inspected()` what was recorded of the file's kernels where that was asked for.
    """
    ours = {"curve": stream.values, "raised": _raised, "inspected": interpreted.recorded}
    names = {**ours, **player.namespace}
    try:
        value = _eval(_compile(expression, "<measured>", "eval"), names)
    except BaseException as error:
        return Reply(raised=describe(error, player.name))
    return Reply(value=value, seen={})


def _raised(function: Callable[[], object]) -> str | None:
    try:
        function()
    except Exception as error:
        return type(error).__name__
    return None
