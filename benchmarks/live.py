"""What it costs to log and to draw. Prints a table.

    .venv/bin/python -m benchmarks.live [--logs 1000000] [--runs 5]

Each loop runs in the sandbox with and without its calls of `log`, in turns; told are the shortest times. *Bare*: the
loop does nothing else, so that the difference is the call. *Training*: each step is one of a small network's, forward,
backward and update. Then: what came through the pipe, what the grader's process keeps of it, and how long a picture of
curves and one of a figure takes.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import statistics
import time
import tracemalloc
from typing import Any

from grader.grading import Grader
from grader.live.events import Events
from grader.records.curves import recorded
from grader.records.figure import parse
from tutor.plots.curve_drawing import Scene, plot_curves
from tutor.plots.drawing import plot_figure
from tutor.plots.terminal_style import TerminalStyle

BARE = """
import time
from tutor import live
log = live.log if LOGGING else (lambda values, step: None)
began = time.perf_counter()
for i in range({count}):
    log({{"train/loss": i * 0.5, "val/loss": i * 0.25}}, step=i)
live.log({{"seconds": time.perf_counter() - began}})
"""
TRAINING = """
import time, torch
from tutor import live
torch.set_num_threads(1)
net = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1))
x, y = torch.randn(32, 8), torch.randn(32, 1)
weights = list(net.parameters())
began = time.perf_counter()
for i in range({count}):
    loss = torch.nn.functional.mse_loss(net(x), y)
    grads = torch.autograd.grad(loss, weights)
    with torch.no_grad():
        for weight, grad in zip(weights, grads):
            weight -= 0.01 * grad
    if LOGGING:
        live.log({{"train/loss": loss}}, step=i)
live.log({{"seconds": time.perf_counter() - began}})
"""


def seconds(grader: Grader, source: str, logging: bool) -> tuple[float, list[dict[str, Any]]]:
    """How long the loop took by its own clock, and the events of the run."""
    run = grader.run(f"LOGGING = {logging}\n{source}", name="loop.py", seconds=300)
    if run.status != "passed":
        raise SystemExit(run.message)
    (took,) = [event["values"]["seconds"] for event in run.events if event["type"] == "log"]
    return took, run.events


def compare(grader: Grader, name: str, source: str, count: int, runs: int) -> list[dict[str, Any]]:
    """Prints a row; gives the events of a run."""
    source = source.format(count=count)
    with_, without = [], []
    events: list[dict[str, Any]] = []
    for _ in range(runs):
        without.append(seconds(grader, source, False)[0])
        taken, events = seconds(grader, source, True)
        with_.append(taken)
    more = min(with_) - min(without)
    each = f"{more / count * 1e6:.2f} us a call"
    print(f"{name:<34} {min(without):>8.2f} s {min(with_):>8.2f} s   {more / min(without):>+7.1%}   {each}")
    return events


def timed(name: str, action: Any, runs: int) -> None:
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        found.append((time.perf_counter() - began) * 1e3)
    print(f"{name:<52} {min(found):>7.1f} {statistics.median(found):>7.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}", end="")
    print(f"; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<34} {'without':>10} {'with':>10}   {'more':>7}")
    passed = 0
    real = Events.add

    def counted(self: Events, data: bytes) -> list[dict[str, Any]]:
        nonlocal passed
        passed += len(data)
        return real(self, data)

    Events.add = counted  # type: ignore[method-assign]
    with Grader() as grader:
        grader.warm()
        few = max(1, options.runs // 2)
        events = compare(grader, f"{options.logs:,} calls, two curves, bare", BARE, options.logs, few)
        curves = recorded(events).curves
        passed //= few
        compare(grader, f"{options.logs // 50:,} steps of training", TRAINING, options.logs // 50, options.runs)
    tracemalloc.start()
    kept = [{**event, "steps": [*event["steps"]], "values": [*event["values"]]} for event in events if "steps" in event]
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    points = sum(len(event["steps"]) for event in kept)
    print(f"\nthrough the pipe: {passed / 1024:,.0f} KiB for {options.logs:,} calls; kept: {points:,} points, ", end="")
    print(f"about {memory / 1024:,.0f} KiB of the grader's memory\n")
    print(f"{'a picture':<52} {'min ms':>7} {'p50 ms':>7}")
    style = TerminalStyle()
    noise = {name: [(i, math.sin(i * i)) for i in range(6000)] for name in ("train/loss", "val/loss")}
    smooth = {name: [(i, math.exp(-i / 60) + place) for i in range(300)] for place, name in enumerate(noise)}
    timed("two curves of 300 points, 100 x 12", lambda: plot_curves(Scene(smooth), 100, 12, style), 20)
    timed("the curves of the million calls, 100 x 12", lambda: plot_curves(Scene(curves), 100, 12, style), 20)
    timed("two curves of 6,000 points of noise, 100 x 12", lambda: plot_curves(Scene(noise), 100, 12, style), 20)
    points_layer = {"kind": "points", "x": [*range(400)], "y": [*range(400)], "colours": ["#000000", "#ffffff"] * 200}
    figure = parse({"panels": [{"layers": [points_layer], "column": column} for column in (0, 1)]})
    timed("a figure of two panels with 400 points each", lambda: plot_figure(figure, 100, style), 20)


if __name__ == "__main__":
    main()
