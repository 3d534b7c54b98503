"""What demos and learner code find around them: an empty room with what they need."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from grader.grading import Grader, Run


def run(grader: Grader, source: str, **options: Any) -> Run:
    return grader.run(source, name="demo.py", **options)


def printed(grader: Grader, source: str, **options: Any) -> str:
    done = run(grader, source, **options)
    assert done.status == "passed", done
    return done.output.text.strip()


def test_output_comes_while_it_is_written_and_in_order(grader: Grader) -> None:
    pieces: list[str] = []
    source = "import sys\nfor i in range(3):\n    print(i)\n    print('e', i, file=sys.stderr)\n"
    done = run(grader, source, on_output=lambda text, _: pieces.append(text))
    assert "".join(pieces) == done.output.text == "0\ne 0\n1\ne 1\n2\ne 2\n"


def test_a_seed_makes_random_numbers_the_same(grader: Grader) -> None:
    source = "import random, torch, numpy\nprint(random.random(), torch.rand(1).item(), numpy.random.rand())"
    assert printed(grader, source, seed=1) == printed(grader, source, seed=1) != printed(grader, source, seed=2)


def test_events_arrive_through_tutor_live(grader: Grader) -> None:
    source = "from tutor import live\nimport torch\nlive.log({'loss': torch.tensor(0.5), 'all': [1, 2]}, step=3)"
    seen: list[dict[str, Any]] = []
    done = run(grader, source, on_event=seen.append)
    assert seen == done.events == [{"type": "log", "values": {"loss": 0.5, "all": [1, 2]}, "step": 3}]


def test_forged_events_are_dropped(grader: Grader) -> None:
    source = 'import os\nos.write(4, b\'no json\\n[1]\\n{"type": "verdict"}\\n{"type": "log"}\\n\' + b\'x\' * 100_000)'
    assert run(grader, source).events == []


def test_neither_judge_nor_course_nor_tutor_can_be_found_in_memory(grader: Grader) -> None:
    source = (
        "import sys\nprint(sorted(m for m in sys.modules if m.split('.')[0] in ('lessons', 'tutor', 'textual')))\n"
        "import gc\nprint(any('reference.py' in str(o) for o in gc.get_objects() if type(o) is str))"
    )
    # lessons.edit is code that the judge reads references with; of the course itself there is nothing
    assert printed(grader, source) == "['lessons', 'lessons.edit', 'lessons.error', 'tutor', 'tutor.live']\nFalse"


def test_there_is_one_thread_and_nothing_to_read_from_stdin(grader: Grader) -> None:
    source = """
import os, sys, torch
print(len(os.listdir('/proc/self/task')), torch.get_num_threads(), repr(sys.stdin.read()))
"""
    assert printed(grader, source) == "1 1 ''"


def test_the_scratch_folder_is_private_and_gone_afterwards(grader: Grader) -> None:
    source = """
import os, tempfile
open('x', 'w').write('1')
own = [name for name in os.listdir() if not os.path.islink(name)]  # links show the data sets
print(os.getcwd(), tempfile.gettempdir(), own, sep='\\n')
"""
    where, temporary, files = printed(grader, source).splitlines()
    assert where == temporary == str(Path(where)) and where.startswith(tempfile.gettempdir())
    assert files == "['x']" and os.listdir(where) == []
    grader.host.tidy()
    assert not Path(where).exists()


def test_what_training_needs_works(grader: Grader) -> None:
    source = """
import torch, threading
net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
x = torch.randn(600, 2)
for _ in range(5):
    net(x).square().mean().backward()
(torch.randn(600, 600) @ torch.randn(600, 600)).sum()
torch.nn.functional.conv2d(torch.randn(1, 1, 28, 28), torch.randn(4, 1, 3, 3))
data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), batch_size=100, shuffle=True)
t = threading.Thread(target=lambda: torch.linalg.inv(torch.eye(3)))
t.start(); t.join()
print(len(list(data)), torch.func.grad(lambda z: z ** 2)(torch.tensor(3.0)).item())
"""
    assert printed(grader, source) == "6 6.0"


@pytest.mark.parametrize(
    ("source", "status", "message", "line"),
    [
        ("x = 1\n1 / 0\n", "error", "ZeroDivisionError: division by zero (line 2)", 2),
        ("x = (\n", "error", "SyntaxError: '(' was never closed (line 1)", 1),
        (
            "while True: pass",
            "timeout",
            "allows (1 s). It was in line 1: `while True: pass`.",
            1,
        ),
        ("raise SystemExit(3)", "error", "SystemExit: 3", 1),
        ("raise SystemExit", "passed", "", None),
    ],
)
def test_a_demo_that_fails_says_where(grader: Grader, source: str, status: str, message: str, line: int | None) -> None:
    done = run(grader, source, seconds=1)
    assert done.status == status and message in done.message and done.line == line


def test_what_a_demo_raises_is_harmless_for_a_terminal(grader: Grader) -> None:
    done = run(grader, "raise ValueError('\\x1b[2J\\x1b]52;c;aGk=\\x07bell')")
    assert done.status == "error" and done.message == "ValueError: bell (line 1)"
