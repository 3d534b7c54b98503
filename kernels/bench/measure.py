"""Measures one row: forward and backward, time, memory and error."""

from collections.abc import Callable, Iterator

import torch

from kernels.bench.roofline import H200, Roofline
from kernels.bench.row import Case, Row
from kernels.bench.table import Line
from kernels.bench.timing import Clock, Run, Timed, graphed, peak_memory, side_by_side

OWN_WAYS = ("ours", "eager", "compile")
AGAIN = "eager again"
SMALL = 5.0  # microseconds of an H200, below which the launch of a kernel takes longer than the kernel
WRONG = {torch.float16: 1e-2, torch.bfloat16: 6e-2, torch.float32: 5e-3, torch.float64: 1e-9}
"""How far a gradient may be off PyTorch's, relatively; float32 may have been multiplied as TF32."""


class WrongResult(Exception):
    """What computes something else is not timed."""


def error(got: torch.Tensor, exact: torch.Tensor) -> float:
    """The norm of the difference by the norm of what is right."""
    exact = exact.detach()
    return float((got.detach().double() - exact).norm() / exact.norm().clamp_min(1e-300))


def check(case: Case, wanted: dict[str, Callable[[], torch.Tensor]], errors: dict[str, float]) -> None:
    """Raises `WrongResult` unless ours is as right as PyTorch's, and its gradients are PyTorch's."""
    kind = case.cotangent.dtype
    allowed = max(10 * errors.get("eager", 0.0), 8 * torch.finfo(kind).eps)
    if not errors["ours"] <= allowed:  # not >, which NaN is not
        raise WrongResult(f"ours is off by {errors['ours']:.0e}, where {allowed:.0e} is allowed; it is not timed")
    if case.inputs and "eager" in wanted:
        ours, theirs = (backward_of(case, wanted[name])() for name in ("ours", "eager"))
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            off = error(one, other.double())
            if not off <= WRONG[kind]:
                raise WrongResult(f"the gradient of input {place} is off by {off:.0e}; it is not timed")


def backward_of(case: Case, run: Callable[[], torch.Tensor]) -> Callable[[], tuple[torch.Tensor, ...]]:
    """The backward pass of a way, whose forward pass is done once."""
    result = run()

    def again() -> tuple[torch.Tensor, ...]:
        return torch.autograd.grad(result, case.inputs, case.cotangent, retain_graph=True)

    return again


def both(case: Case, run: Callable[[], torch.Tensor]) -> Run:
    """Forward and backward pass together."""

    def step() -> object:
        return torch.autograd.grad(run(), case.inputs, case.cotangent)

    return step


def measure_row(
    row: Row, clock: Clock, roofline: Roofline, backend: str, *, without: frozenset[str] = frozenset()
) -> Iterator[Line]:
    """The lines of a row, without some of its ways."""
    case = row.make(clock.device)
    wanted = {name: run for name, run in case.ways.items() if name not in without}
    exact = case.exact()
    errors = {name: error(run(), exact) for name, run in wanted.items() if name in ("ours", "eager")}
    del exact
    check(case, wanted, errors)
    small = clock.gpu and H200.microseconds(row.moved[0], row.operations[0], row.dtype) < SMALL
    whole = {name: both(case, run) if case.inputs else run for name, run in wanted.items()}
    memory = {name: peak_memory(clock, whole[name]) for name in ("ours", "eager") if name in whole}
    for place, mode in enumerate(("forward", "backward") if case.inputs else ("forward",)):
        runs: dict[str, Run] = (
            dict(wanted) if mode == "forward" else {n: backward_of(case, r) for n, r in wanted.items()}
        )
        if "eager" in runs:
            runs[AGAIN] = runs["eager"]
        times = side_by_side(clock, runs, small=small)
        graph = None
        if small and mode == "forward" and (replay := graphed(wanted["ours"])):
            graph = side_by_side(clock, {"graph": replay})["graph"].median
        library_name, library = _best_library(times)
        yield Line(
            name=row.name,
            kind=row.kind,
            size=row.size,
            mode=mode,
            floor=roofline.microseconds(row.moved[place], row.operations[place], row.dtype),
            ours=times["ours"].median,
            noise=_noise(times),
            eager=_median(times, "eager"),
            compile=_median(times, "compile"),
            library=library,
            library_name=library_name,
            graph=graph,
            error=errors.get("ours") if mode == "forward" else None,
            eager_error=errors.get("eager") if mode == "forward" else None,
            memory=memory.get("ours") if mode == "forward" else None,
            eager_memory=memory.get("eager") if mode == "forward" else None,
            predicted=row.predicted[place],
            backend=backend,
        )


def _median(times: dict[str, Timed], name: str) -> float | None:
    return times[name].median if name in times else None


def _noise(times: dict[str, Timed]) -> float:
    """How far the same thing timed twice is apart, at least one part in a hundred."""
    if AGAIN not in times:
        return max(0.01, times["ours"].spread)
    twice = abs(times[AGAIN].median / times["eager"].median - 1)
    return max(0.01, twice, times["ours"].spread)


def _best_library(times: dict[str, Timed]) -> tuple[str, float | None]:
    """The quickest of the ways that are neither ours, eager nor compiled: a library's own fused path."""
    others = {name: one.median for name, one in times.items() if name not in (*OWN_WAYS, AGAIN)}
    if not others:
        return "", None
    name = min(others, key=others.__getitem__)
    return name, others[name]
