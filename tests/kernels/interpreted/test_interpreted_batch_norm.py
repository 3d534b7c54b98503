"""Batch norm's kernels, interpreted on the CPU, against PyTorch in float64."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.library import opcheck

import kernels
from kernels import batch_norm
from kernels.ops.batch_norm import backward, forward
from tests.kernels.measure import DTYPES, assert_close, poisoned, relative_error

SHAPES = (
    ((7, 5), False),
    ((64, 10), False),
    ((4, 3, 9), False),
    ((4, 3, 5, 7), False),
    ((4, 3, 5, 7), True),
    ((3, 70, 4, 4), True),
    ((2, 6, 33, 33), False),
    ((5, 4, 1, 1), False),
)


@pytest.fixture(params=["one tile", "many tiles"])
def tiles(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Big tiles, where most batches fit into one, and tiny ones, whose sums are merged."""
    from kernels.launch import batch_norm as launch

    if request.param == "many tiles":
        monkeypatch.setattr(launch, "TILE", 256)
    name: str = request.param
    return name


def sample(shape: tuple[int, ...], dtype: torch.dtype, last: bool = False) -> dict[str, torch.Tensor]:
    """An input, its parameters and statistics, a residual and a cotangent."""
    channels, small = shape[1], torch.float64 if dtype == torch.float64 else torch.float32
    big = {
        "x": torch.randn(shape, dtype=torch.float64) * 3 + 5,
        "residual": torch.randn(shape, dtype=torch.float64),
        "dy": torch.randn(shape, dtype=torch.float64),
    }
    layout = torch.channels_last if last else torch.contiguous_format
    return {
        **{name: one.to(dtype).contiguous(memory_format=layout) for name, one in big.items()},
        "weight": torch.randn(channels, dtype=small),
        "bias": torch.randn(channels, dtype=small),
        "running_mean": torch.randn(channels, dtype=small),
        "running_var": torch.rand(channels, dtype=small) + 8,
    }


def backprop(
    given: dict[str, torch.Tensor],
    run: Callable[..., torch.Tensor],
    training: bool,
    relu: bool,
    residual: bool,
    dtype: torch.dtype | None = None,
    place: Callable[[torch.Tensor], torch.Tensor] = torch.clone,
) -> list[torch.Tensor]:
    """The output, all gradients and the running statistics of one call, in float64 or as the tensors are."""
    own = {name: place(one if dtype is None else one.to(dtype)).detach() for name, one in given.items()}
    learnt = [own[name].requires_grad_() for name in ("x", "weight", "bias", *(["residual"] if residual else []))]
    mean, var = own["running_mean"], own["running_var"]
    y = run(own["x"], mean, var, own["weight"], own["bias"], training, relu, own["residual"] if residual else None)
    y.backward(own["dy"])
    return [y.detach(), *(one.grad for one in learnt if one.grad is not None), mean, var]


def ours(
    x: Tensor, mean: Tensor, var: Tensor, weight: Tensor, bias: Tensor, training: bool, relu: bool,
    residual: Tensor | None,
) -> Tensor:  # fmt: skip
    return batch_norm(x, mean, var, weight, bias, training, relu=relu, residual=residual, backend="interpret")


def theirs(
    x: Tensor, mean: Tensor, var: Tensor, weight: Tensor, bias: Tensor, training: bool, relu: bool,
    residual: Tensor | None,
) -> Tensor:  # fmt: skip
    y = F.batch_norm(x, mean, var, weight, bias, training)
    y = y if residual is None else y + residual
    return F.relu(y) if relu else y


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("training", [True, False], ids=["training", "evaluation"])
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_output_gradients_and_running_statistics(dtype: torch.dtype, training: bool, full: bool, tiles: str) -> None:
    shapes = SHAPES if dtype in (torch.float64, torch.bfloat16) else SHAPES[::2]
    cases = list(itertools.product(shapes, (False, True), (False, True)))
    for (shape, last), relu, residual in cases if full else cases[4 * training :: 9]:
        given = sample(shape, dtype, last)
        got = backprop(given, ours, training, relu, residual)
        expected = backprop(given, theirs, training, relu, residual, torch.float64)
        assert len(got) == (7 if residual else 6)
        assert_close(
            got,
            expected,
            dtype,
            (shape, last, relu, residual),
            backprop(given, theirs, training, relu, residual),
        )
        assert got[0].stride() == given["x"].stride()


@settings(max_examples=12, deadline=None)
@given(
    # two values a channel are normalised to -1 and 1, whatever they are: nothing is left of their gradient but rounding
    shape=st.lists(st.integers(1, 9), min_size=2, max_size=4).filter(lambda s: math.prod(s) >= 4 * s[1]),
    relu=st.booleans(),
    residual=st.booleans(),
    training=st.booleans(),
)
def test_odd_shapes(shape: list[int], relu: bool, residual: bool, training: bool) -> None:
    given = sample(tuple(shape), torch.float64)
    got = backprop(given, ours, training, relu, residual)
    assert_close(got, backprop(given, theirs, training, relu, residual), torch.float64, shape)


@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
def test_nothing_beside_the_input_is_read_and_all_of_the_output_is_written(
    last: bool, tiles: str, nan_filled: None
) -> None:
    given = sample((3, 5, 7, 9), torch.float32, last)
    got = backprop(given, ours, True, True, True, place=poisoned)
    assert_close(got, backprop(given, theirs, True, True, True, torch.float64), torch.float32)


def test_inputs_stay_as_they_are_and_a_second_run_has_the_same_bits(tiles: str) -> None:
    given = sample((4, 6, 11, 5), torch.float32)
    before = {name: one.clone() for name, one in given.items()}
    first, second = (backprop(given, ours, True, True, True) for _ in range(2))
    assert all(torch.equal(given[name], before[name]) for name in given)
    assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))


def test_a_mean_far_larger_than_sigma_costs_what_rounding_the_mean_costs(tiles: str) -> None:
    x = torch.randn(256, 8) + 1e4
    right = F.batch_norm(x.double(), None, None, training=True)
    error = relative_error(batch_norm(x, training=True, backend="interpret"), right)
    # float32 has steps of 1e-3 there; the mean of the squares less the square of the mean would leave no digit
    assert error <= max(3 * relative_error(F.batch_norm(x, None, None, training=True), right), 2e-3)


@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
def test_a_mean_whose_square_is_infinite_is_no_nan(last: bool, tiles: str) -> None:
    layout = torch.channels_last if last else torch.contiguous_format
    x = (torch.randn(8, 3, 16, 16) * 1e16 + 3e19).contiguous(memory_format=layout).requires_grad_()
    dy = torch.randn(8, 3, 16, 16) * 1e16
    y = batch_norm(x, training=True, backend="interpret")
    wide = x.detach().double().requires_grad_()
    right = F.batch_norm(wide, None, None, training=True)
    got, expected = torch.autograd.grad(y, x, dy), torch.autograd.grad(right, wide, dy.double())
    # a step of float32 is 2e-4 sigma there, and a sum of 2,048 numbers may be a dozen steps off: log2(n) + 1
    assert relative_error(y, right) < 5e-3 and relative_error(got[0], expected[0]) < 5e-3


def test_half_precision_parameters_and_no_parameters() -> None:
    given = sample((6, 4, 5), torch.bfloat16)
    halves = {name: one.bfloat16() for name, one in given.items()}
    got = backprop(halves, ours, True, False, False)
    assert [one.dtype for one in got] == [torch.bfloat16] * 6
    assert_close(got, backprop(halves, theirs, True, False, False, torch.float64), torch.bfloat16)
    x = torch.randn(6, 4, dtype=torch.float64)
    for weight, bias in ((None, None), (torch.randn(4).double(), None), (None, torch.randn(4).double())):
        got_y = batch_norm(x, None, None, weight, bias, True, backend="interpret")
        assert_close([got_y], [F.batch_norm(x, None, None, weight, bias, True)], torch.float64)


def test_a_nan_is_not_hidden_by_the_relu() -> None:
    x = torch.randn(4, 3)
    x[1, 2] = float("nan")
    y = batch_norm(x, training=True, relu=True, backend="interpret")
    assert torch.isnan(y[:, 2]).all() and torch.isfinite(y[:, :2]).all()


def test_strides_that_no_kernel_reads_are_copied_and_get_their_gradient() -> None:
    leaf = torch.randn(5, 4, 3, 6, dtype=torch.float64, requires_grad=True)
    other = leaf.detach().clone().requires_grad_()
    for tensor, backend in ((leaf, "interpret"), (other, "torch")):
        batch_norm(tensor.transpose(1, 3), training=True, backend=backend).square().sum().backward()
        batch_norm(tensor[:, :, 1:], training=True, backend=backend).sin().sum().backward()
    assert leaf.grad is not None and other.grad is not None
    assert_close([leaf.grad], [other.grad], torch.float64)


@pytest.mark.parametrize("shape", [(0, 3), (0, 3, 4, 4), (2, 3, 0)], ids=str)
def test_an_empty_batch_changes_nothing_and_has_zero_gradients(shape: tuple[int, ...]) -> None:
    mean, var = torch.full((3,), 2.0), torch.full((3,), 3.0)
    x, weight = torch.randn(shape, requires_grad=True), torch.ones(3, requires_grad=True)
    y = batch_norm(x, mean, var, weight, None, True, backend="interpret")
    y.sum().backward()
    assert y.shape == x.shape and x.grad is not None and x.grad.shape == x.shape
    assert weight.grad is not None and torch.equal(weight.grad, torch.zeros(3))
    assert torch.equal(mean, torch.full((3,), 2.0)) and torch.equal(var, torch.full((3,), 3.0))


@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("training", [True, False])
def test_gradients_against_differences(relu: bool, training: bool, tiles: str) -> None:
    x, residual = (torch.randn(6, 4, 3, 3, dtype=torch.float64, requires_grad=True) for _ in range(2))
    weight, bias = (torch.randn(4, dtype=torch.float64, requires_grad=True) for _ in range(2))

    def call(*tensors: torch.Tensor) -> torch.Tensor:
        mean, var = torch.zeros(4, dtype=torch.float64), torch.ones(4, dtype=torch.float64)
        return ours(tensors[0], mean, var, tensors[1], tensors[2], training, relu, tensors[3])

    assert torch.autograd.gradcheck(call, (x, weight, bias, residual), fast_mode=True)


def test_a_second_gradient_is_refused() -> None:
    x = torch.randn(4, 3, requires_grad=True)
    with pytest.raises(RuntimeError, match="use backend='torch'"):
        torch.autograd.grad(batch_norm(x, training=True, backend="interpret").sum(), x, create_graph=True)
    (gradient,) = torch.autograd.grad(batch_norm(x, training=True, backend="torch").sin().sum(), x, create_graph=True)
    gradient.square().sum().backward()
    assert x.grad is not None


def test_pytorch_finds_the_operations_well_formed(checks: tuple[str, ...]) -> None:
    given = sample((4, 3, 5, 7), torch.float32, last=True)
    parameters = (given["weight"], given["bias"])
    statistics = (given["running_mean"], given["running_var"])
    opcheck(
        forward, (given["x"], *parameters, *statistics, given["residual"], True, 0.1, 1e-5, True), test_utils=checks
    )
    opcheck(forward, (given["x"], None, None, None, None, None, True, 0.1, 1e-5, False), test_utils=checks)
    y, mean, rstd = forward(given["x"], *parameters, None, None, given["residual"], True, 0.1, 1e-5, True)
    opcheck(
        backward,
        (given["dy"], given["x"], y, *parameters, mean, rstd, True, True, [True, False, True]),
        test_utils=checks,
    )
    opcheck(
        backward, (given["dy"], given["x"], None, None, None, mean, rstd, True, False, [True] * 3), test_utils=checks
    )


def test_it_compiles_as_one_graph_with_its_running_statistics(compiler: str) -> None:
    def step(x: torch.Tensor, mean: torch.Tensor, var: torch.Tensor) -> torch.Tensor:
        return batch_norm(x * 2, mean, var, None, None, True, relu=True, backend="interpret").sin()

    results = []
    compiled = torch.compile(step, fullgraph=True, backend=compiler)
    x = torch.randn(8, 4, 3, 3)
    for run in (step, compiled):
        leaf, mean, var = x.clone().requires_grad_(), torch.zeros(4), torch.ones(4)
        y = run(leaf, mean, var)
        y.sum().backward()
        assert leaf.grad is not None
        results.append([y, leaf.grad, mean, var])
    assert_close(results[1], results[0], torch.float32)
    assert relative_error(results[1][2], torch.zeros(4) + 1e-9) > 1  # they did move


def test_autocast_leaves_the_dtype_of_the_input() -> None:
    x = torch.randn(4, 3)
    with torch.autocast("cpu", torch.bfloat16):
        assert batch_norm(x, training=True, backend="interpret").dtype == torch.float32
        assert batch_norm(x.bfloat16(), training=True, backend="interpret").dtype == torch.bfloat16


def test_asking_by_name_says_what_is_missing() -> None:
    x = torch.randn(4, 3)
    assert kernels.explain("batch_norm", x, backend="interpret") == ("interpret", "it was asked for")
    with pytest.raises(kernels.BackendError, match="a parameter or running statistic is"):
        batch_norm(x, weight=torch.ones(3).half(), training=True, backend="interpret")
