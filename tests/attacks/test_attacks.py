"""Every known cheat and every known way to do harm, tried on the real sandbox and looked at from outside.

As root only level 2 is tried: `kill(-1)` is among the attacks. As an ordinary user the attacks that level 1 stops are
tried there too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from grader.sandbox.host import Host
from tests.attacks.ground import RIGHT, WRONG, Attack, Ground, attacks
from tests.turns import turn

ALL = attacks()
RESTS = bool(os.environ.get("CI")) and turn(2) == 0
WHERE = [
    (2, Host.NEWEST_ABI),
    pytest.param((2, 1), marks=[pytest.mark.slow, pytest.mark.skipif(RESTS, reason="CI has it every other day")]),
    *([] if os.geteuid() == 0 else [(1, 0)]),
]
"""Levels and the newest Landlock they may use; the oldest one leaves most to seccomp."""
EXPECTED = int(os.environ.get("DL_TUTOR_EXPECTED_LEVEL", "0"))
"""The level that this machine is known to have: there a missing layer is a failure, elsewhere a skip."""
HANG = 60.0
SHARE = 4
"""The default suite tries one attack in so many; CI tries all."""


@pytest.fixture(scope="module", params=WHERE, ids=lambda one: f"level-{one[0]}" + ("-abi-1" if one[1] == 1 else ""))
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    level, abi = request.param
    here = Ground(tmp_path_factory.mktemp("ground"), level, abi)
    try:
        if here.grader.host.level < level:
            missing = f"this machine lacks {here.grader.host.off}"
            pytest.fail(missing) if level <= EXPECTED else pytest.skip(missing)
        yield here
    finally:
        here.close()


@pytest.mark.parametrize(
    "attack",
    [pytest.param(one, marks=pytest.mark.slow) if one.slow or place % SHARE else one for place, one in enumerate(ALL)],
    ids=[attack.name for attack in ALL],
)
def test_an_attack_is_stopped(ground: Ground, attack: Attack) -> None:
    if attack.level > ground.level:
        pytest.skip(f"it is stopped from level {attack.level} on")
    ground.restore()
    began = time.monotonic()
    verdict = ground.judge(ground.armed(attack), attack.seed)
    taken = time.monotonic() - began
    time.sleep(attack.waits)
    assert ground.harm(verdict) == []
    part = verdict.parts[0]
    assert part.status in attack.ends, part
    assert part.status == "passed" or part.score < part.max
    assert taken < HANG
    assert ground.passed(RIGHT, WRONG) == [True, False]


STYLES = {
    "the library's function": RIGHT,
    "the method": "def f(x):\n    return x.softmax(dim=-1)\n",
    "by hand": "import torch\ndef f(x):\n    e = torch.exp(x)\n    return e / e.sum(-1, keepdim=True)\n",
    "by logarithms": "import torch\ndef f(x):\n    return torch.exp(x - torch.logsumexp(x, -1, keepdim=True))\n",
    "row by row": "import torch\ndef f(x):\n    return torch.stack([row.softmax(0) for row in x])\n",
    "a module": "import torch\nf = torch.nn.Softmax(dim=-1)\n",
    "a lambda": "import torch.nn.functional as F\nf = lambda x: F.softmax(x, -1)\n",
    "an object": "class Softmax:\n    def __call__(self, x):\n        return x.log_softmax(-1).exp()\nf = Softmax()\n",
    "in numpy": (
        "import numpy as np, torch\ndef f(x):\n    e = np.exp(x.numpy())\n"
        "    return torch.from_numpy(e / e.sum(-1, keepdims=True))\n"
    ),
    "transposed twice": "def f(x):\n    return x.T.softmax(0).T\n",
    "in plain numbers": (
        "import functools, math\nimport torch\n@functools.lru_cache\ndef exp(a):\n    return math.exp(a)\n"
        "def f(x):\n    rows = [[exp(a) for a in row] for row in x.tolist()]\n"
        "    return torch.tensor([[a / sum(row) for a in row] for row in rows])\n"
    ),
    "with autograd": (
        "import torch\ndef f(x):\n    z = x.clone().requires_grad_()\n"
        "    return torch.autograd.grad(torch.logsumexp(z, -1).sum(), z)[0]\n"
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_right_answer_passes_in_every_style(ground: Ground, style: str) -> None:
    verdict = ground.judge(STYLES[style])
    assert verdict.passed, verdict
    assert ground.harm(verdict) == []


def test_there_are_enough_of_them_and_each_says_what_it_tries() -> None:
    assert len(ALL) >= 180 and len(STYLES) >= 10
    assert len({attack.tries for attack in ALL}) == len(ALL)


SEEN = (
    "message_read",
    "message_sent",
    "message_queue_removed",
    "semaphore_lowered",
    "segment_removed",
    "posix_queue_read",
    "named_semaphore",
    "flags_of_data",
    "attributes_set",
    "attributes_read",
    "locks_a_data_set",
    "link_target",
    "asynchronous_requests",
)
"""What is done to a neighbour's belongings, and not only said to have been."""


@pytest.mark.slow
def test_the_look_from_outside_sees_harm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without level 2 the ground is harmed, and says so: an oracle that sees nothing proves nothing."""
    names = ["reads_a_key", "overwrites_work", "tcp", *SEEN]
    if os.geteuid() == 0:
        names += ["unix_socket", "files_elsewhere", "reads_the_reference"]
    else:
        names += ["takes_rights_away", "udp", "kills_a_neighbour", "shell"]
    ground = Ground(tmp_path_factory.mktemp("open"), 1)
    try:
        for attack in ALL:
            if attack.name in names:
                ground.restore()
                harm = ground.harm(ground.judge(ground.armed(attack)))
                assert [one for one in harm if attack.name not in SEEN or "it says itself" not in one], attack.name
    finally:
        ground.close()
