"""Tries to fill the grader's memory and its terminal with figures: large, nested, of no form, with escapes in titles."""
# ends: passed timeout
# from: level 1

import json
import os

import torch


def f(x):
    evil = "\x1b[2J\x1b]52;c;aGk=\x07" + "a" * 150
    line = {"kind": "line", "x": [1e300] * 2000, "y": [-1e300] * 2000, "label": evil}
    panel = {"title": evil, "x_limits": [1e300, -1e300], "y_log": True, "layers": [line] * 4}
    for figure in ({"title": evil, "panels": [panel] * 4}, {"panels": [[[[[]]]]]}, {"panels": [panel] * 500}, 3):
        sent = json.dumps({"type": "figure", "figure": figure, "at": 1 << 40}, separators=(",", ":")).encode() + b"\n"
        for _ in range(60):
            rest = sent
            while rest:
                rest = rest[os.write(4, rest) :]
    os.write(4, b'{"type":"figure","figure":' + b"[" * 100_000 + b"\n")
    return torch.softmax(x, -1)
