"""The kernels on an NVIDIA GPU, against PyTorch in float64: make gpu. Skipped where there is none."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

from kernels import attention, batch_norm, conv2d, conv_transpose2d, im2col, luong_attention
from tests.kernels.measure import assert_close

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch sees no GPU here"),
]
DTYPES = (torch.float32, torch.float16, torch.bfloat16)


def backprop(run: Any, tensors: list[torch.Tensor], dtype: torch.dtype | None = None) -> list[torch.Tensor]:
    """The output of a call and its gradients, for a cotangent that the output's shape determines."""
    own = [(one if dtype is None else one.to(dtype)).detach().requires_grad_() for one in tensors]
    y = run(*own)
    dy = torch.sin(torch.arange(y.numel(), device=y.device, dtype=torch.float64)).reshape(y.shape)
    return [y.detach(), *torch.autograd.grad(y, own, dy.to(tensors[0].dtype).to(y.dtype))]


def checked(ours: Any, theirs: Any, tensors: list[torch.Tensor], dtype: torch.dtype) -> None:
    first, second = backprop(ours, tensors), backprop(ours, tensors)
    assert_close(
        first,
        backprop(theirs, tensors, torch.float64),
        dtype,
        by_torch=backprop(theirs, tensors),
    )
    assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
@pytest.mark.parametrize("shape", [(7, 5, 1, 1), (16, 12, 9, 7), (64, 64, 28, 28)], ids=str)
def test_batch_norm(shape: tuple[int, ...], last: bool, dtype: torch.dtype) -> None:
    layout = torch.channels_last if last else torch.contiguous_format
    x, residual = (torch.randn(shape, device="cuda").to(dtype).contiguous(memory_format=layout) for _ in range(2))
    weight, bias = (torch.randn(shape[1], device="cuda") for _ in range(2))

    def ours(x: Tensor, weight: Tensor, bias: Tensor, residual: Tensor) -> Tensor:
        return batch_norm(x, None, None, weight, bias, True, relu=True, residual=residual, backend="triton")

    def theirs(x: Tensor, weight: Tensor, bias: Tensor, residual: Tensor) -> Tensor:
        return F.relu(F.batch_norm(x, None, None, weight, bias, True) + residual)

    checked(ours, theirs, [x, weight, bias, residual], dtype)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(
    ("shape", "channels", "size", "how"),
    [
        ((4, 3, 17, 19), 8, 3, {"padding": 1}),
        ((4, 64, 14, 14), 128, 3, {"padding": 1, "stride": 2}),
        ((2, 8, 13, 11), 6, 5, {"padding": 2, "dilation": 2, "groups": 2}),
        ((4, 32, 9, 9), 48, 1, {}),
        ((4, 24, 13, 11), 48, 3, {"padding": 1, "stride": 2, "groups": 24}),
    ],
    ids=str,
)
def test_convolution(shape: tuple[int, ...], channels: int, size: int, how: dict[str, Any], dtype: torch.dtype) -> None:
    x = torch.randn(shape, device="cuda").to(dtype).contiguous(memory_format=torch.channels_last)
    own = shape[1] // how.get("groups", 1)
    w = (torch.randn(channels, own, size, size, device="cuda") / (own * size * size) ** 0.5).to(dtype)

    def ours(x: Tensor, w: Tensor) -> Tensor:
        return conv2d(x, w, backend="triton", precision="ieee", **how)

    def theirs(x: Tensor, w: Tensor) -> Tensor:
        return F.conv2d(x, w, **how)

    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
        checked(ours, theirs, [x, w], dtype)


def test_transposed_convolution_and_columns() -> None:
    x, w = torch.randn(4, 16, 9, 9, device="cuda"), torch.randn(16, 8, 3, 3, device="cuda") / 12
    how: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}
    with torch.backends.cudnn.flags(enabled=True, allow_tf32=False):
        checked(
            lambda *a: conv_transpose2d(*a, backend="triton", precision="ieee", **how),
            lambda *a: F.conv_transpose2d(*a, **how),
            [x, w],
            torch.float32,
        )
    checked(
        lambda a: im2col(a, 3, padding=1, backend="triton"), lambda a: F.unfold(a, 3, padding=1), [x], torch.float32
    )


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("causal", [False, True], ids=["all", "causal"])
@pytest.mark.parametrize(
    "shape",
    # batch, heads, key heads, queries, keys, width, width of a value
    [
        (2, 4, 4, 128, 128, 64, 64),
        (2, 4, 2, 100, 333, 128, 128),
        (3, 2, 1, 77, 50, 40, 24),
        (2, 2, 2, 256, 256, 16, 80),
    ],
    ids=str,
)
def test_attention(shape: tuple[int, ...], causal: bool, dtype: torch.dtype) -> None:
    b, h, own, queries, keys, d, dv = shape
    sizes = ((b, h, queries, d), (b, own, keys, d), (b, own, keys, dv))
    tensors = [torch.randn(size, device="cuda").to(dtype) for size in sizes]
    lengths = torch.randint(4, keys + 1, (b,), device="cuda")
    lengths[0] = 0
    mask = torch.rand(b, keys, device="cuda") > 0.3
    mask[:, :4] = True
    hows: list[dict[str, Any]] = [{}, {"lengths": lengths}, {"key_mask": mask}, {"lengths": lengths, "key_mask": mask}]
    for how in hows:

        def ours(q: Tensor, k: Tensor, v: Tensor, how: dict[str, Any] = how) -> Tensor:
            return attention(q, k, v, is_causal=causal, precision="ieee", backend="triton", **how)

        def theirs(q: Tensor, k: Tensor, v: Tensor, how: dict[str, Any] = how) -> Tensor:
            with sdpa_kernel(SDPBackend.MATH):
                return attention(q, k, v, is_causal=causal, backend="torch", **how)

        checked(ours, theirs, tensors, dtype)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize(
    "shape", [(3, 20, 256, None), (5, 333, 100, 24), (2, 700, 1000, None), (2, 700, 300, 200)], ids=str
)
def test_luong_attention(shape: tuple[Any, ...], dtype: torch.dtype) -> None:
    b, length, d, dv = shape
    sizes = ((b, length, d), *(() if dv is None else ((b, length, dv),)))
    query = torch.randn(b, d, device="cuda") / d**0.5
    tensors = [one.to(dtype) for one in (query, *(torch.randn(size, device="cuda") for size in sizes))]
    lengths = torch.randint(4, length + 1, (b,), device="cuda")
    lengths[0] = 0
    for ends in (None, lengths):

        def both(*own: Tensor, backend: str, ends: Tensor | None = ends) -> Tensor:
            return torch.cat(luong_attention(*own, lengths=ends, backend=backend), 1)

        checked(partial(both, backend="triton"), partial(both, backend="torch"), tensors, dtype)


@pytest.mark.parametrize(("precision", "limit"), [("ieee", 5e-6), ("tf32x3", 5e-6), ("tf32", 2e-3)])
def test_products_of_float32_are_as_exact_as_asked_for(precision: str, limit: float) -> None:
    q, k, v = (torch.randn(2, 4, 200, 64, device="cuda") for _ in range(3))
    o = attention(q, k, v, precision=precision, backend="triton").double()
    right = attention(q.double(), k.double(), v.double(), backend="torch")
    assert float((o - right).norm() / right.norm()) <= limit


def test_a_batch_norm_of_more_than_two_to_the_31_elements() -> None:
    if torch.cuda.mem_get_info()[0] < 30 * 2**30:
        pytest.skip("it takes 30 GiB of the GPU's memory")
    x = torch.randn(2**21 + 1, 1024, device="cuda", dtype=torch.bfloat16)
    y = batch_norm(x, training=True, backend="triton")
    mean, var = x[:, :8].double().mean(0), x[:, :8].double().var(0, unbiased=False)
    expected = (x[-1000:, :8].double() - mean) / (var + 1e-5).sqrt()
    assert_close([y[-1000:, :8]], [expected], torch.bfloat16)
