"""The kernels on an NVIDIA GPU, against PyTorch in float64: make gpu. Skipped where there is none."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from measure import assert_close

from kernels import batch_norm, conv2d, conv_transpose2d, im2col

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="PyTorch sees no GPU here"),
]
DTYPES = (torch.float32, torch.float16, torch.bfloat16)


def played(run: Any, tensors: list[torch.Tensor], dtype: torch.dtype | None = None) -> list[torch.Tensor]:
    """The output of a call and its gradients, for a cotangent that the output's shape determines."""
    own = [(one if dtype is None else one.to(dtype)).detach().requires_grad_() for one in tensors]
    y = run(*own)
    dy = torch.sin(torch.arange(y.numel(), device=y.device, dtype=torch.float64)).reshape(y.shape)
    return [y.detach(), *torch.autograd.grad(y, own, dy.to(tensors[0].dtype).to(y.dtype))]


def checked(ours: Any, theirs: Any, tensors: list[torch.Tensor], dtype: torch.dtype) -> None:
    first, second = played(ours, tensors), played(ours, tensors)
    assert_close(first, played(theirs, tensors, torch.float64), dtype, by_torch=played(theirs, tensors))
    assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
@pytest.mark.parametrize("shape", [(7, 5, 1, 1), (16, 12, 9, 7), (64, 64, 28, 28)], ids=str)
def test_batch_norm(shape: tuple[int, ...], last: bool, dtype: torch.dtype) -> None:
    layout = torch.channels_last if last else torch.contiguous_format
    x, residual = (torch.randn(shape, device="cuda").to(dtype).contiguous(memory_format=layout) for _ in range(2))
    weight, bias = (torch.randn(shape[1], device="cuda") for _ in range(2))

    def ours(x, weight, bias, residual):
        return batch_norm(x, None, None, weight, bias, True, relu=True, residual=residual, backend="triton")

    def theirs(x, weight, bias, residual):
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
    ],
    ids=str,
)
def test_convolution(shape: tuple[int, ...], channels: int, size: int, how: dict[str, Any], dtype: torch.dtype) -> None:
    x = torch.randn(shape, device="cuda").to(dtype).contiguous(memory_format=torch.channels_last)
    own = shape[1] // how.get("groups", 1)
    w = (torch.randn(channels, own, size, size, device="cuda") / (own * size * size) ** 0.5).to(dtype)

    def ours(x, w):
        return conv2d(x, w, backend="triton", precision="ieee", **how)

    def theirs(x, w):
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


def test_a_batch_norm_of_more_than_two_to_the_31_elements() -> None:
    if torch.cuda.mem_get_info()[0] < 30 * 2**30:
        pytest.skip("it takes 30 GiB of the GPU's memory")
    x = torch.randn(2**21 + 1, 1024, device="cuda", dtype=torch.bfloat16)
    y = batch_norm(x, training=True, backend="triton")
    mean, var = x[:, :8].double().mean(0), x[:, :8].double().var(0, unbiased=False)
    expected = (x[-1000:, :8].double() - mean) / (var + 1e-5).sqrt()
    assert_close([y[-1000:, :8]], [expected], torch.bfloat16)
