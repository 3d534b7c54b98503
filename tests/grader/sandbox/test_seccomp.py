"""The filter of system calls, interpreted here by its instructions for both architectures, and tried for real."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from grader.grading import Grader
from grader.sandbox.seccomp import (
    ALLOW,
    AND,
    ANSWERS,
    ARCHITECTURES,
    AT_LEAST,
    EQUAL,
    JUMP,
    KILL,
    LOAD,
    RETURN,
    RULES,
    answer,
    program,
)
from grader.sandbox.session import Session
from grader.sandbox.system_calls import ABSENT, ALLOWED, NEWEST, NO_LINK, REFUSED, UNASSIGNED, UNSUPPORTED

ME = 4242
NOT_PERMITTED, NOT_THERE = answer(errno.EPERM), answer(errno.ENOSYS)
MACHINES = list(ARCHITECTURES)
TABLES = (ALLOWED, REFUSED, UNSUPPORTED, NO_LINK, ABSENT)
NUMBERS = {name: numbers for table in TABLES for name, numbers in table.items()}


def decision(machine: str, number: int, *arguments: int, audit: int | None = None, also: tuple[str, ...] = ()) -> int:
    """What the kernel would decide, by the meaning of each instruction in linux/bpf_common.h."""
    whole = [argument & (1 << 64) - 1 for argument in (*arguments, *[0] * (6 - len(arguments)))]
    audit = ARCHITECTURES[machine].audit if audit is None else audit
    call = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, audit, 0, *whole)
    instructions = list(struct.iter_unpack("<HBBI", program(ME, machine, also)))
    place = accumulator = 0
    while True:
        code, then, otherwise, value = instructions[place]
        place += 1
        if code == LOAD:
            assert value % 4 == 0 and value + 4 <= len(call)
            (accumulator,) = struct.unpack_from("<I", call, value)
        elif code == AND:
            accumulator &= value
        elif code == JUMP:
            place += value
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
    for place, (code, then, otherwise, value) in enumerate(instructions):
        assert code in (LOAD, AND, JUMP, EQUAL, AT_LEAST, RETURN)
        farthest = value if code == JUMP else max(then, otherwise)
        assert place + 1 + farthest < len(instructions) or code == RETURN


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_is_found_in_few_steps(machine: str) -> None:
    """The program runs at each call: its length must not be what a call costs."""
    instructions = list(struct.iter_unpack("<HBBI", program(ME, machine)))
    longest = [0] * (len(instructions) + 1)
    for place in reversed(range(len(instructions))):
        code, then, otherwise, value = instructions[place]
        ways = (value,) if code == JUMP else (then, otherwise) if code in (EQUAL, AT_LEAST) else (0,)
        longest[place] = 1 if code == RETURN else 1 + max(longest[place + 1 + way] for way in ways)
    assert longest[0] < 50 < len(instructions) / 5


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
def test_every_number_is_in_exactly_one_table(machine: str) -> None:
    column = ARCHITECTURES[machine].column
    named = [number for table in TABLES for x in table.values() if (number := x[column]) is not None]
    assert sorted([*named, *UNASSIGNED[column]]) == list(range(NEWEST + 1))


def test_no_name_is_in_two_tables() -> None:
    assert len(NUMBERS) == sum(map(len, TABLES)) > 380
    assert RULES.keys() <= ALLOWED.keys()


@pytest.mark.parametrize("machine", MACHINES)
def test_each_table_has_its_answer_whatever_is_asked(machine: str) -> None:
    column = ARCHITECTURES[machine].column
    assert tuple(table for table, _ in ANSWERS) == TABLES
    for table, wanted in ANSWERS:
        for name in table.keys() - RULES.keys():
            if (number := table[name][column]) is not None:
                for arguments in ((), (1, 1, 1), (ME,) * 6, ((1 << 64) - 1,) * 6):
                    assert decision(machine, number, *arguments) == wanted, name
    assert {decision(machine, number, 1, 2, 3) for number in UNASSIGNED[column]} == {NOT_THERE}


KINDS = {
    "queues, semaphores and shared memory": r"(msg|sem|shm|mq_)\w+",
    "sockets": r"(socket|connect|bind|listen|accept4?|(send|recv)m?msg)",
    "asynchronous input and output": r"io_(?!prio)\w+",
    "timers that are counted by user": r"timer_\w+",
    "extended attributes": r"\w*xattr(at)?",
    "locks": r"(flock|m(un)?lock\w*)",
    "modes, owners and times": r"(f|l)?ch(mod|own)\w*|(f|u)?utime\w*",
    "programs and processes": r"v?fork|exec\w+|clone3|ptrace|pidfd_\w+|process_\w+|kcmp",
    "mounts and namespaces": r"u?mount\w*|\w+mount|fs(open|config|mount|pick)|unshare|setns|open_tree\w*|\w*chroot",
    "files by handle": r"\w+_handle(_at)?|truncate",
    "watching": r"[if]\w+notify_\w+",
    "from file to file": r"sendfile|splice|tee|vmsplice|copy_file_range|fallocate",
    "links": r"readlink(at)?",
    "the kernel": r"bpf|perf_\w+|\w+_module|kexec_\w+|userfaultfd|memfd_\w+|seccomp|landlock_\w+|io_uring\w+",
    "keys": r"\w*keyctl|(add|request)_key",
    "disks": r"sync(fs)?|swap(on|off)|quotactl\w*|acct",
}
"""Kinds of calls of which none may be allowed, by names that the kernel gives them."""


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_kind_none_is_allowed(kind: str) -> None:
    found = [name for name in NUMBERS if re.fullmatch(KINDS[kind], name)]
    assert len(found) >= 2 and ALLOWED.keys().isdisjoint(found)


@pytest.mark.parametrize("machine", MACHINES)
def test_a_judge_may_take_in_a_descriptor_and_a_worker_not(machine: str) -> None:
    number = NUMBERS["recvmsg"][ARCHITECTURES[machine].column]
    assert number is not None
    assert decision(machine, number, 3) == NOT_PERMITTED
    assert decision(machine, number, 3, also=("recvmsg",)) == ALLOW
    assert asked(machine, "sendmsg", 3) == NOT_PERMITTED


AT, READ, WRITE, READ_WRITE, MODE_3, CREATE, TRUNCATE = -100, 0, 1, 2, 3, 0o100, 0o1000
NAMESPACES = [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]
PTHREAD, FILES, FOLDER, MEMORY = 0x3D0F00, 0x400, 0x200, 0x100
STREAM, DATAGRAM, RAW, SEQUENCED = 1, 2, 3, 5
NONBLOCKING_CLOSED_ON_EXEC = 0o2004000
ANONYMOUS, HUGE_PAGES = 0x22, 0x40000

ALLOWED_CALLS = [
    *((name, (pid, 9)) for name in ("kill", "tgkill", "sched_setaffinity", "prlimit64") for pid in (0, ME)),
    ("kill", (ME | 7 << 32, 9)),  # the kernel looks at the low half, and so do we
    ("clone", (PTHREAD,)),
    ("clone", (PTHREAD | 0x400000,)),
    ("close_range", (5, 100, 0)),
    ("close_range", (5, 100, 4)),
    ("mmap", (0, 4096, 3, ANONYMOUS)),
    ("mmap", (0, 4096, 1, 0x2, 5)),
    ("pipe2", (0, 0o2004000)),
    ("socketpair", (1, STREAM)),
    ("socketpair", (1, SEQUENCED | NONBLOCKING_CLOSED_ON_EXEC)),
    *(("getsockopt", (3, 1, option)) for option in (3, 4, 38, 39)),
    *(("setsockopt", (3, 1, option)) for option in (2, 7, 8)),
    ("openat", (AT, 0, READ)),
    ("openat", (AT, 0, WRITE | CREATE | TRUNCATE)),
    ("openat", (AT, 0, READ_WRITE | TRUNCATE)),
    *(("ioctl", (1, request)) for request in (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    *(("fcntl", (1, command)) for command in (0, 1, 2, 3, 1030)),
    ("fcntl", (1, 4, 0o4000)),
    ("prctl", (15,)),  # PR_SET_NAME
    ("prctl", (38, 1)),
]
FLAGS_OF_FILES = (0x40086602, 0x40087602, 0x401C5820, 0x40049409, 0x4020940D, 0xC0189436, 0x4004662B)
"""FS_IOC_SETFLAGS, FS_IOC_SETVERSION, FS_IOC_FSSETXATTR, FICLONE, FICLONERANGE, FIDEDUPERANGE, and one of ext4's."""
REFUSED_CALLS = [
    *((name, (pid,)) for name in ("kill", "tgkill", "sched_setaffinity", "prlimit64") for pid in (1, -1, -ME, ME + 1)),
    ("clone", (17,)),  # what fork is made of
    ("clone", (0x4111,)),
    *(("clone", (PTHREAD & ~shared,)) for shared in (FILES, FOLDER, MEMORY)),
    *(("clone", (flag | extra,)) for flag in NAMESPACES for extra in (17, PTHREAD)),
    ("close_range", (5, 100, 2)),
    ("close_range", (5, 100, 6)),
    ("mmap", (0, 1 << 21, 3, ANONYMOUS | HUGE_PAGES)),
    ("mmap", (0, 1 << 21, 3, ANONYMOUS | HUGE_PAGES | 21 << 26)),
    ("pipe2", (0, 0x80)),
    ("socketpair", (1, DATAGRAM)),
    ("socketpair", (1, DATAGRAM | NONBLOCKING_CLOSED_ON_EXEC)),
    ("socketpair", (1, RAW)),
    ("socketpair", (30, STREAM)),
    *(("getsockopt", (3, 1, option)) for option in (17, 31, 59, 77)),  # the process at the other end
    ("getsockopt", (3, 6, 4)),
    *(("setsockopt", (3, 1, option)) for option in (26, 27, 32, 50)),  # filters, and sizes beyond the limit
    ("setsockopt", (3, 6, 2)),
    ("openat", (AT, 0, READ | TRUNCATE)),
    ("openat", (AT, 0, MODE_3)),
    ("openat", (AT, 0, MODE_3 | TRUNCATE)),
    *(("ioctl", (0, request)) for request in (0x5412, 0x541C, 0x5423, 0x8901, 0x8902, 0x5452, *FLAGS_OF_FILES)),
    *(("ioctl", (0, request | 1 << 32)) for request in (0x5412, 0x8901)),
    # owners and signals, leases, notes, locks of both kinds, pipes, seals, hints
    *(
        ("fcntl", (1, command))
        for command in (5, 6, 7, 8, 10, 15, 36, 37, 38, 1024, 1025, 1026, 1031, 1033, 1036, 1038)
    ),
    *(("prctl", (option,)) for option in (1, 4, 22, 31, 33, 35, 36, 40, 53, 57, 59, 62, 0x59616D61)),
]


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_decided_by_what_it_asks(machine: str) -> None:
    wrong = [call for call in ALLOWED_CALLS if asked(machine, call[0], *call[1]) != ALLOW]
    wrong += [call for call in REFUSED_CALLS if asked(machine, call[0], *call[1]) != NOT_PERMITTED]
    assert wrong == []
    assert {name for name, _ in ALLOWED_CALLS} | {name for name, _ in REFUSED_CALLS} | {"open"} == set(RULES)


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
    theirs["newfstatat"] = theirs.get("fstatat", theirs.get("newfstatat", -1))  # what generic headers call it
    common = {name for name in theirs.keys() & ours.keys() if ours[name] is not None}
    assert len(common) > 300
    assert {name: ours[name] for name in common} == {name: theirs[name] for name in common}


def test_the_kernel_decides_as_the_interpreter_does(grader: Grader) -> None:
    """Each call of a list, made in a worker that wears nothing but the filter."""
    grader.warm()
    if "seccomp" not in grader.host.walls:
        pytest.skip(f"no seccomp here: {grader.host.off['seccomp']}")
    import platform

    machine = platform.machine()
    ruled = {ALLOWED[name][ARCHITECTURES[machine].column] for name in RULES}
    probes = {ABSENT[name][ARCHITECTURES[machine].column] for name in ("uprobe", "uretprobe")}
    refused = [number for number in range(NEWEST + 3) if decision(machine, number, *[-1] * 6) != ALLOW]
    refused = [number for number in refused if number not in ruled | probes]  # those the kernel ends by itself
    assert len(refused) > 250
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
