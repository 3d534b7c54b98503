"""Tries to use up a user's queues, and to be told of messages."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    for number in range(3):
        harmed_by("made", call(240, 180, f"dl-tutor-harmed-{number}".encode(), 0o102, 0o666, None))
    for place in range(3, 20):
        harmed_by("told", call(244, 184, place, None))
        harmed_by("asked", call(245, 185, place, None, None))
        harmed_by("sent", call(242, 182, place, b"x", 1, 0, None))
    return torch.softmax(x, -1)
