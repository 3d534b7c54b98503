"""Values over a pipe without pickle.

A frame is `DLT1 | run nonce (16 bytes) | u32 header length | u64 body length | JSON header | raw buffers`. The header
holds the value's skeleton and, for each buffer, a dtype of the whitelist and a shape. Nothing else can be said in
it: no verdict, no code. Every length is checked before anything is allocated for it.

The module needs the standard library only. Tensors become `Raw` through the `dump` hook and come back through the
`load` hook (`grader.protocol.tensors` has both), so that a process without torch can still read a frame.
"""

from __future__ import annotations

import io
import json
import math
import os
import struct
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from grader.protocol.classes import at_bottom, type_name
from grader.spec.inputs import Fixture, GeneratorInput, Handle, PathInput

MAGIC = b"DLT1"
UNSENT = bytes(16)
"""The nonce of frames that never leave their process."""
PREFIX = struct.Struct("<4s16sIQ")
ITEM_SIZE = {
    "float64": 8,
    "float32": 4,
    "float16": 2,
    "bfloat16": 2,
    "int64": 8,
    "int32": 4,
    "int16": 2,
    "int8": 1,
    "uint8": 1,
    "bool": 1,
    "complex64": 8,
    "complex128": 16,
}
PIECE = 1 << 20
MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20
MAX_BUFFERS = 4096
MAX_DEPTH = 32
MAX_DIMENSIONS = 16
MAX_SIZE = 1 << 40
MAX_INT_BITS = 4096
MAX_TEXT = 1 << 19
MAX_KEYS = 4096
"""Keys of a dict, members of a set, texts left out: numbers can be chosen so that all of them collide."""
INPUTS: dict[str, type] = {
    "handle": Handle,
    "fixture": Fixture,
    "path": PathInput,
    "generator": GeneratorInput,
}


class WireError(ValueError):
    """A frame that is not one of ours, or a value that a frame cannot hold."""


class Raw(NamedTuple):
    """A tensor (`kind` "t"), an array ("a") or bytes ("b") as it travels: row-major, little-endian."""

    kind: str
    dtype: str
    shape: tuple[int, ...]
    data: bytes


class Opaque(NamedTuple):
    """Something that is no plain value: never equal to anything, shown by its type."""

    type: str
    text: str = ""


class DType(NamedTuple):
    """A torch dtype, by name."""

    name: str


Plain = bool | int | float | complex
Dump = Callable[[Any], "Raw | Opaque | DType | tuple[int, ...] | Plain | None"]
Load = Callable[[Raw], Any]


def pack(value: Any, nonce: bytes, dump: Dump | None = None) -> bytes:
    """A value as a frame. A NamedTuple, OrderedDict or other subclass of a container or of str is sent as what it is at
    bottom, read past its own methods; other types are exact, and whatever `dump` does not know either is opaque.

    Raises WireError where the value is too large or nested too deeply.
    """
    writer = _Writer(dump)
    skeleton = writer.skeleton(value, 0)
    header = json.dumps({"v": skeleton, "b": writer.metas}, allow_nan=False, separators=(",", ":")).encode()
    if len(header) > MAX_HEADER:
        raise WireError("the value has too many items")
    return b"".join([PREFIX.pack(MAGIC, nonce, len(header), writer.total), header, *writer.buffers])


class _Writer:
    def __init__(self, dump: Dump | None) -> None:
        self.dump = dump
        self.metas: list[list[Any]] = []
        self.buffers: list[bytes] = []
        self.total = 0

    def buffer(self, raw: Raw) -> dict[str, Any]:
        self.total += len(raw.data)
        if self.total > MAX_BODY or len(self.buffers) >= MAX_BUFFERS:
            raise WireError(f"the value is too large: more than {MAX_BODY >> 20} MiB or {MAX_BUFFERS} tensors")
        self.buffers.append(raw.data)
        self.metas.append([raw.dtype, list(raw.shape)])
        return {"$": raw.kind, "v": len(self.buffers) - 1}

    def skeleton(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise WireError(f"the value is nested more than {MAX_DEPTH} deep")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return value if len(value) <= MAX_TEXT else {"$": "o", "v": ["str", f"{len(value)} characters"]}
        if kind is int:
            return value if value.bit_length() <= MAX_INT_BITS else {"$": "o", "v": ["int", "a huge number"]}
        if kind is float:
            return value if math.isfinite(value) else {"$": "f", "v": repr(value)}
        if kind is complex:
            parts = [self.skeleton(value.real, depth + 1), self.skeleton(value.imag, depth + 1)]
            return {"$": "c", "v": parts}
        if kind is list:
            return [self.skeleton(item, depth + 1) for item in value]
        if kind in (dict, set, frozenset):
            _keys(value)
        if kind in (tuple, set, frozenset):
            return {"$": kind.__name__, "v": [self.skeleton(item, depth + 1) for item in value]}
        if kind is dict:
            pairs = [[self.skeleton(k, depth + 1), self.skeleton(v, depth + 1)] for k, v in value.items()]
            return {"$": "dict", "v": pairs}
        if kind is bytes:
            return self.buffer(Raw("b", "uint8", (len(value),), value))
        if kind is Raw:
            return self.buffer(value)
        if kind is DType:
            return {"$": "dtype", "v": value.name}
        if kind is Opaque:
            return {"$": "o", "v": [value.type[:100], value.text[:500]]}
        if kind is Handle:
            return {"$": "handle", "v": [value.number]}
        if kind is Fixture:
            return {"$": "fixture", "v": [value.name]}
        if kind is PathInput:
            return {"$": "path", "v": [value.directory.number, value.name]}
        if kind is GeneratorInput:
            return {"$": "generator", "v": [value.seed]}
        dumped = self.dump(value) if self.dump else None
        if dumped is None:
            dumped = at_bottom(value, kind)
        if dumped is not None:
            return self.skeleton(dumped, depth + 1)
        return {"$": "o", "v": [type_name(kind), ""]}


def _keys(keys: Iterable[Any]) -> None:
    if sum(type(key) is not str for key in keys) > MAX_KEYS:
        raise WireError(f"a dict or set has more than {MAX_KEYS} keys that are no texts")


def _plain(text: str) -> str:
    """Text that comes from the other side and is shown: without control characters and the like."""
    return "".join(character for character in text if character.isprintable())


def read(receive: Callable[[int], bytes], nonce: bytes, load: Load | None = None, *, inputs: bool = False) -> Any:
    """Reads a frame. `receive(n)` returns exactly n bytes, or fewer at the end of the stream.

    Raises EOFError at a clean end before a frame, WireError for anything that is not a frame of this run.
    inputs: whether handles, fixtures and the like are allowed; from a worker they are not.
    """
    prefix = receive(PREFIX.size)
    if not prefix:
        raise EOFError
    if len(prefix) < PREFIX.size:
        raise WireError("the frame breaks off")
    magic, stamp, header_size, body_size = PREFIX.unpack(prefix)
    if magic != MAGIC or stamp != nonce:
        raise WireError("the frame is not of this run")
    if header_size > MAX_HEADER or body_size > MAX_BODY:
        raise WireError("the frame is too large")
    header = receive(header_size)
    body = receive(body_size)
    if len(header) != header_size or len(body) != body_size:
        raise WireError("the frame breaks off")
    return unpack(header, body, load, inputs=inputs)


def received_from(descriptor: int) -> Callable[[int], bytes]:
    """A `receive` for `read` over a pipe or socket."""

    def receive(count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = os.read(descriptor, min(count - len(data), PIECE))
            if not piece:
                break
            data += piece
        return bytes(data)

    return receive


def received_of(data: bytes) -> Callable[[int], bytes]:
    """A `receive` for `read` over bytes in hand."""
    return io.BytesIO(data).read


def send_to(descriptor: int, data: bytes) -> None:
    """Writes all of the data. Raises OSError where the other end is gone."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view[:PIECE]) :]


def unpack(header: bytes, body: bytes, load: Load | None = None, *, inputs: bool = False) -> Any:
    """The value of a frame's header and body. Raises WireError and nothing else, whatever the bytes."""
    try:
        top = json.loads(header.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not valid: {type(error).__name__}") from None
    if type(top) is not dict or top.keys() != {"v", "b"} or type(top["b"]) is not list:
        raise WireError("the header is not valid")
    reader = _Reader(_buffers(top["b"], body), load, inputs)
    try:
        return reader.value(top["v"], 0)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError, RuntimeError) as error:
        raise WireError(f"the header is not valid: {type(error).__name__}") from None


def _no_constant(name: str) -> None:
    raise WireError(f"{name} in the header")


def _buffers(metas: list[Any], body: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    if len(metas) > MAX_BUFFERS:
        raise WireError("too many tensors")
    buffers, position = [], 0
    for meta in metas:
        if type(meta) is not list or len(meta) != 2:
            raise WireError("a tensor is described wrongly")
        dtype, shape = meta
        if type(dtype) is not str or dtype not in ITEM_SIZE:
            raise WireError("a tensor has an unknown dtype")
        if type(shape) is not list or len(shape) > MAX_DIMENSIONS:
            raise WireError("a tensor has an impossible shape")
        if any(type(size) is not int or size < 0 or size > MAX_SIZE for size in shape):
            raise WireError("a tensor has an impossible shape")
        # sizes of an empty tensor count too: libraries multiply them before they look for the zero
        if math.prod(size or 1 for size in shape) > MAX_SIZE:
            raise WireError("a tensor has an impossible shape")
        length = math.prod(shape) * ITEM_SIZE[dtype]
        if length > len(body) - position:
            raise WireError("a tensor is longer than the data")
        buffers.append((dtype, tuple(shape), body[position : position + length]))
        position += length
    if position != len(body):
        raise WireError("there are bytes left over")
    return buffers


class _Reader:
    def __init__(self, buffers: list[tuple[str, tuple[int, ...], bytes]], load: Load | None, inputs: bool) -> None:
        self.buffers, self.load, self.inputs = buffers, load, inputs
        self.taken: set[int] = set()

    def value(self, node: Any, depth: int) -> Any:
        if depth > 2 * MAX_DEPTH:
            raise WireError("the value is nested too deeply")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is list:
            return [self.value(item, depth + 1) for item in node]
        if type(node) is not dict or node.keys() != {"$", "v"}:
            raise WireError("the header is not valid")
        tag, inner = node["$"], node["v"]
        if tag in ("t", "a", "b"):
            return self.buffer(tag, inner)
        if tag == "f":
            if inner not in ("nan", "inf", "-inf"):
                raise WireError("the header is not valid")
            return float(inner)
        if tag == "dtype":
            if type(inner) is not str or not inner.isidentifier():
                raise WireError("the header is not valid")
            return DType(inner[:40])
        if type(inner) is not list:
            raise WireError("the header is not valid")
        if tag == "dict":
            pairs = [(self.value(key, depth + 1), item) for key, item in inner]
            _keys(key for key, _ in pairs)
            return {key: self.value(item, depth + 1) for key, item in pairs}
        if tag in INPUTS:
            return self.input(tag, inner)
        items = [self.value(item, depth + 1) for item in inner]
        if tag == "tuple":
            return tuple(items)
        if tag in ("set", "frozenset"):
            _keys(items)
        if tag == "set":
            return set(items)
        if tag == "frozenset":
            return frozenset(items)
        if tag == "c" and len(items) == 2 and all(type(item) is float for item in items):
            return complex(*items)
        if tag == "o" and len(items) == 2 and all(type(item) is str for item in items):
            return Opaque(_plain(items[0])[:100], _plain(items[1])[:500])
        raise WireError("the header is not valid")

    def buffer(self, tag: str, index: Any) -> Any:
        if type(index) is not int or not 0 <= index < len(self.buffers):
            raise WireError("the header is not valid")
        if index in self.taken:  # a header of a few bytes could have gigabytes copied
            raise WireError("a tensor is named twice")
        self.taken.add(index)
        dtype, shape, data = self.buffers[index]
        if tag == "b":
            return bytes(data)
        raw = Raw(tag, dtype, shape, data)
        return self.load(raw) if self.load else raw

    def input(self, tag: str, inner: list[Any]) -> Any:
        if not self.inputs:
            raise WireError("a worker sends values only")
        if tag == "path":
            return PathInput(Handle(inner[0]), inner[1])
        return INPUTS[tag](*inner)
