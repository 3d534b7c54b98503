"""The filter of system calls, interpreted here by its instructions for both architectures, and tried for real."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox.seccomp import (
    ABSENT,
    ALLOW,
    AND,
    ARCHITECTURES,
    AT_LEAST,
    EQUAL,
    KILL,
    LOAD,
    RETURN,
    RULES,
    answer,
    program,
)
from grader.sandbox.session import Session
from grader.sandbox.system_calls import NEWEST, NUMBERS

ME = 4242
NOT_PERMITTED, NOT_THERE = answer(errno.EPERM), answer(errno.ENOSYS)
MACHINES = list(ARCHITECTURES)


def decision(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the kernel would decide, by the meaning of each instruction in linux/bpf_common.h."""
    whole = [argument & (1 << 64) - 1 for argument in (*arguments, *[0] * (6 - len(arguments)))]
    audit = ARCHITECTURES[machine].audit if audit is None else audit
    call = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, audit, 0, *whole)
    instructions = list(struct.iter_unpack("<HBBI", program(ME, machine)))
    place = accumulator = 0
    while True:
        code, then, otherwise, value = instructions[place]
        place += 1
        if code == LOAD:
            assert value % 4 == 0 and value + 4 <= len(call)
            (accumulator,) = struct.unpack_from("<I", call, value)
        elif code == AND:
            accumulator &= value
        elif code == EQUAL:
            place += then if accumulator == value else otherwise
        elif code == AT_LEAST:
            place += then if accumulator >= value else otherwise
        else:
            assert code == RETURN
            return int(value)


def asked(machine: str, name: str, *arguments: int) -> int:
    number = NUMBERS[name][ARCHITECTURES[machine].column]
    assert number is not None
    return decision(machine, number, *arguments)


def has(machine: str, name: str) -> bool:
    return NUMBERS[name][ARCHITECTURES[machine].column] is not None


@pytest.mark.parametrize("machine", MACHINES)
def test_the_program_is_one_that_the_kernel_takes(machine: str) -> None:
    instructions = list(struct.iter_unpack("<HBBI", program(ME, machine)))
    assert len(instructions) < 4096 and instructions[-1][0] == RETURN
    for place, (code, then, otherwise, _) in enumerate(instructions):
        assert code in (LOAD, AND, EQUAL, AT_LEAST, RETURN)
        assert place + 1 + max(then, otherwise) < len(instructions) or code == RETURN


@pytest.mark.parametrize("machine", MACHINES)
def test_another_architectures_calls_kill(machine: str) -> None:
    i386, arm, others = 0x40000003, 0x40000028, [one.audit for one in ARCHITECTURES.values()]
    for audit in {i386, arm, *others} - {ARCHITECTURES[machine].audit}:
        assert decision(machine, 1, audit=audit) == KILL


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_newer_does_not_exist(machine: str) -> None:
    for number in (NEWEST + 1, 512, 547, 0x40000000, 0x40000001, 0xFFFFFFFF):
        assert decision(machine, number) == NOT_THERE


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", [name for name in NUMBERS if name not in RULES])
def test_what_has_no_rule_is_refused_whatever_it_asks(machine: str, name: str) -> None:
    if has(machine, name):
        wanted = NOT_THERE if name in ABSENT else NOT_PERMITTED
        for arguments in ((), (1, 1, 1), (ME,) * 6, ((1 << 64) - 1,) * 6):
            assert asked(machine, name, *arguments) == wanted


@pytest.mark.parametrize("machine", MACHINES)
def test_everything_else_is_allowed(machine: str) -> None:
    column = ARCHITECTURES[machine].column
    named = {numbers[column] for numbers in NUMBERS.values()}
    others = [number for number in range(NEWEST + 1) if number not in named]
    assert len(others) > 300 and {decision(machine, number, 1, 2, 3) for number in others} == {ALLOW}


AT, READ, WRITE, READ_WRITE, MODE_3, CREATE, TRUNCATE = -100, 0, 1, 2, 3, 0o100, 0o1000
NAMESPACES = [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]
PTHREAD = 0x3D0F00
STREAM, DATAGRAM, RAW, SEQUENCED = 1, 2, 3, 5
NONBLOCKING_CLOSED_ON_EXEC = 0o2004000

ALLOWED = [
    *((name, (pid, 9)) for name in ("kill", "tgkill", "sched_setaffinity", "prlimit64") for pid in (0, ME)),
    ("kill", (ME | 7 << 32, 9)),  # the kernel looks at the low half, and so do we
    ("clone", (PTHREAD,)),
    ("socketpair", (1, STREAM)),
    ("socketpair", (1, SEQUENCED | NONBLOCKING_CLOSED_ON_EXEC)),
    ("openat", (AT, 0, READ)),
    ("openat", (AT, 0, WRITE | CREATE | TRUNCATE)),
    ("openat", (AT, 0, READ_WRITE | TRUNCATE)),
    ("ioctl", (1, 0x5401)),  # TCGETS: is it a terminal?
    ("ioctl", (1, 0x541B)),
    ("fcntl", (1, 1)),
    ("fcntl", (1, 4, 0o4000)),
    ("prctl", (15,)),  # PR_SET_NAME
    ("prctl", (38, 1)),
]
REFUSED = [
    *((name, (pid,)) for name in ("kill", "tgkill", "sched_setaffinity", "prlimit64") for pid in (1, -1, -ME, ME + 1)),
    *((name, (1,)) for name in ("sched_setscheduler", "sched_setparam", "sched_setattr")),
    ("clone", (17,)),  # what fork is made of
    ("clone", (0x4111,)),
    *(("clone", (flag | extra,)) for flag in NAMESPACES for extra in (17, PTHREAD)),
    ("socketpair", (1, DATAGRAM)),
    ("socketpair", (1, DATAGRAM | NONBLOCKING_CLOSED_ON_EXEC)),
    ("socketpair", (1, RAW)),
    ("socketpair", (30, STREAM)),
    ("openat", (AT, 0, READ | TRUNCATE)),
    ("openat", (AT, 0, MODE_3)),
    ("openat", (AT, 0, MODE_3 | TRUNCATE)),
    *(("ioctl", (0, request)) for request in (0x5412, 0x541C, 0x5423, 0x8901, 0x8902)),
    *(("ioctl", (0, request | 1 << 32)) for request in (0x5412, 0x8901)),
    *(("fcntl", (1, command)) for command in (8, 10, 15, 1024, 1026)),
    *(("prctl", (option,)) for option in (1, 4, 35, 0x59616D61)),
]


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_decided_by_what_it_asks(machine: str) -> None:
    wrong = [call for call in ALLOWED if asked(machine, call[0], *call[1]) != ALLOW]
    wrong += [call for call in REFUSED if asked(machine, call[0], *call[1]) != NOT_PERMITTED]
    assert wrong == []
    assert {name for name, _ in ALLOWED} | {name for name, _ in REFUSED} | {"open"} == set(RULES)


def test_open_is_openat_without_a_folder() -> None:
    assert asked("x86_64", "open", 0, WRITE | TRUNCATE) == asked("x86_64", "open", 0, READ) == ALLOW
    assert asked("x86_64", "open", 0, READ | TRUNCATE) == asked("x86_64", "open", 0, MODE_3) == NOT_PERMITTED


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", [machine for machine in MACHINES if HEADERS[machine].is_file()])
def test_the_numbers_are_the_kernels(machine: str) -> None:
    text = HEADERS[machine].read_text()
    theirs = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    ours = {name: numbers[ARCHITECTURES[machine].column] for name, numbers in NUMBERS.items()}
    common = theirs.keys() & ours.keys()
    assert len(common) > 90
    assert {name: ours[name] for name in common} == {name: theirs[name] for name in common}


def test_numbers_are_unique() -> None:
    for column in (0, 1):
        known = [number for numbers in NUMBERS.values() if (number := numbers[column]) is not None]
        assert len(known) == len(set(known)) and max(known) <= NEWEST


def test_the_kernel_decides_as_the_interpreter_does(grader: Grader) -> None:
    """Each call of a list, made in a worker that wears nothing but the filter."""
    grader.warm()
    if "seccomp" not in grader.host.walls:
        pytest.skip(f"no seccomp here: {grader.host.off['seccomp']}")
    import platform

    machine = platform.machine()
    column = ARCHITECTURES[machine].column
    refused = sorted(n for name, x in NUMBERS.items() if name not in RULES and (n := x[column]) is not None)
    source = f"""
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
for number in {refused}:
    assert libc.syscall(number, -1, -1, -1, -1, -1, -1) == -1
    print(number, errno.errorcode[ctypes.get_errno()])
"""
    with Session(grader.host, cpu=5, walls=("seccomp",)) as session:
        run = session.script(source, name="calls.py", seed=0, seconds=5)
    assert run.status == "passed", run.message
    told = {int(line.split()[0]): line.split()[1] for line in run.output.text.splitlines()}
    assert told == {number: errno.errorcode[decision(machine, number, *[-1] * 6) & 0xFFFF] for number in refused}
