"""Messages between the program and its zygote: JSON, one a packet, descriptors beside them."""

from __future__ import annotations

from typing import Literal

import msgspec

MAX_MESSAGE = 1 << 16
MAX_DESCRIPTORS = 8


class Message(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One packet."""


class Settings(Message, frozen=True, kw_only=True):
    """What the zygote is started with. abi: the newest Landlock to use, 0 for none."""

    abi: int
    hidden: tuple[str, ...]
    homes: tuple[str, ...]
    data: tuple[str, ...]


class RoleConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What every fork is told. scratch: the only folder it may write. layers: those above level 1 that it puts on."""

    scratch: str
    cpu: int
    """CPU seconds, a hard limit."""
    layers: tuple[str, ...]
    memory: int
    """Bytes of address space."""
    course: str | None = None
    """An exercise's folder, for a judge to read."""


class Fork(Message, frozen=True, kw_only=True):
    """Fork once more. imports: packages that the code looks as if it used."""

    number: int
    role: Literal["worker", "judge"]
    config: RoleConfig
    imports: tuple[str, ...] = ()


class Ready(Message, frozen=True, kw_only=True):
    """The zygote's first word. off: layer -> why it is not active."""

    versions: dict[str, str]
    abi: int
    off: dict[str, str]
    scale: float
    """How many times as long as the reference machine this one takes; see grader.sandbox.machine."""


class Forked(Message, frozen=True, kw_only=True):
    """A fork has begun; a pidfd comes with it."""

    number: int
    pid: int


class Ended(Message, frozen=True, kw_only=True):
    """A fork has ended. status: exit code, negative for a signal. cpu: seconds that it used."""

    number: int
    status: int
    cpu: float


encode = msgspec.json.Encoder().encode
decode_request = msgspec.json.Decoder(Settings | Fork).decode
"""What comes to the zygote. Raises msgspec.MsgspecError."""
decode_news = msgspec.json.Decoder(Ready | Forked | Ended).decode
"""What comes from the zygote. Raises msgspec.MsgspecError."""
