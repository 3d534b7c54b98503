"""The decoder of frames is handed garbage: it refuses, or gives a plain value that passes for nothing.

`make fuzz` does the same with a million frames. A frame that breaks something is printed, with its number and seed.
"""

from __future__ import annotations

import json
import os
import random
import time
from typing import Any

import pytest
import torch

from grader.judge.compare import Tolerance, compare
from grader.protocol import tensors, wire
from grader.protocol.outcome import parse
from grader.protocol.wire import PREFIX, WireError

FRAMES = int(os.environ.get("FRAMES", "20000"))
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1 << 32)
NONCE = b"0123456789abcdef"
RIGHT = torch.tensor([[0.125, 0.875], [0.5, 0.5]])
"""What would pass: nothing that is fuzzed holds it."""
VALUES: list[Any] = [
    {"number": 1, "value": torch.zeros(2, 2), "seen": {"unchanged_inputs": [True]}},
    {"number": 2, "value": [torch.ones(3, dtype=torch.int64), (1.5, None, "text"), {"a": 1j, 3: b"raw"}], "seen": {}},
    {"number": 3, "raised": {"type": "ValueError", "bases": ["ValueError"], "message": "no", "line": 3, "trace": []}},
    {"number": 4, "value": {frozenset({1, 2}), "x"}, "seen": {"grad_fn": [False]}},
    {"number": 5, "value": (torch.float32, torch.zeros(0, 5), float("nan")), "seen": {}},
]
NODES: list[Any] = [
    None, True, -1, 0, 1 << 70, 1.5, "", "nan", "x" * 300, [], [[]], {}, {"$": "t", "v": 0}, {"$": "t", "v": -1},
    {"$": "t", "v": 1 << 40}, {"$": "a", "v": 0}, {"$": "b", "v": 0}, {"$": "f", "v": "inf"}, {"$": "f", "v": "1"},
    {"$": "dict", "v": [[[], 1]]}, {"$": "dict", "v": [[1, 2, 3]]}, {"$": "dict", "v": 3}, {"$": "set", "v": [[1]]},
    {"$": "tuple", "v": [1]}, {"$": "c", "v": [1.0, 2.0]}, {"$": "c", "v": [1, "a"]}, {"$": "o", "v": ["T", ""]},
    {"$": "handle", "v": [1]}, {"$": "fixture", "v": ["f"]}, {"$": "dtype", "v": "float32"}, {"$": [], "v": {}},
    {"$": "dtype", "v": "\u001b[2J"}, ["float32", [2, 2]], ["float32", [-1]], ["object", [1]], ["bool", [1 << 30]],
    ["float64", [1 << 41]], ["int8", [0, 1 << 40, 1 << 40]], ["float32", [1] * 40], {"v": 1, "b": []},
]  # fmt: skip


def bytes_changed(frame: bytes, rng: random.Random) -> bytes:
    data = bytearray(frame)
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(4):
            case 0 if place < len(data):
                data[place] = rng.randrange(256)
            case 1:
                data[place:place] = rng.randbytes(rng.randint(1, 8))
            case 2:
                del data[place : place + rng.randint(1, 8)]
            case _:
                start = rng.randrange(len(frame))
                data[place:place] = frame[start : start + rng.randint(1, 40)]
    return bytes(data)


def header_changed(frame: bytes, rng: random.Random) -> bytes:
    """Well formed up to its header, in which nodes are others: this goes deeper than flipped bytes do."""
    size = PREFIX.unpack_from(frame)[2]
    header, body = json.loads(frame[PREFIX.size : PREFIX.size + size]), frame[PREFIX.size + size :]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        header = node_changed(header, rng)
    text = json.dumps(header).encode()
    if rng.random() < 0.2:
        body = body[: rng.randrange(len(body) + 1)] + rng.randbytes(rng.randrange(20))
    return PREFIX.pack(wire.MAGIC, NONCE, len(text), len(body)) + text + body


def node_changed(node: Any, rng: random.Random) -> Any:
    if not isinstance(node, dict | list) or not node or rng.random() < 0.1:
        return rng.choice(NODES)
    if isinstance(node, list):
        place = rng.randrange(len(node))
        return [*node[:place], node_changed(node[place], rng), *node[place + 1 :]]
    key = rng.choice(list(node))
    return {**node, key: node_changed(node[key], rng)}


@pytest.mark.timeout(3600)
def test_no_frame_breaks_the_decoder_and_none_passes() -> None:
    rng = random.Random(SEED)
    frames = [wire.pack(value, NONCE, tensors.dump) for value in VALUES]
    decoded = 0
    for number in range(FRAMES):
        change = bytes_changed if number % 3 == 0 else header_changed
        frame = change(rng.choice(frames), rng)
        began = time.monotonic()
        try:
            answer = wire.read(wire.received_of(frame), NONCE, tensors.load)
        except (WireError, EOFError):
            continue
        except BaseException as error:
            raise AssertionError(f"seed {SEED}, frame {number}: {error!r}\n{frame!r}") from error
        decoded += 1
        assert time.monotonic() - began < 10, (SEED, number, frame)
        try:
            value = parse(answer).value
        except ValueError:
            continue
        assert compare(value, RIGHT, Tolerance()) is not None, (SEED, number, frame)
    assert 0.02 * FRAMES < decoded < 0.9 * FRAMES, "the changes are too coarse, or too fine"
