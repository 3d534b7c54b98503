"""The interpreter, mended: what it computes is what a GPU would."""

from __future__ import annotations

import torch
import triton
import triton.language as tl

import kernels.launch.launch  # noqa: F401 - mends it
from kernels.device.interpreter import accelerate


@triton.jit
def there_and_back(x, half, back, N: tl.constexpr):
    n = tl.arange(0, N)
    tl.store(half + n, tl.load(x + n).to(tl.bfloat16))
    tl.store(back + n, tl.load(half + n).to(tl.float32))


def test_bfloat16_is_rounded_as_pytorch_rounds_it() -> None:
    bits = torch.randint(-(2**31), 2**31, (4096,), dtype=torch.int64).to(torch.int32)
    x = bits.view(torch.float32)
    halfway = torch.tensor([0x3F808000, 0x3F818000, 0x7F7FFFFF, 0x00008000, 1, 0x7F800001], dtype=torch.int32)
    special = torch.tensor([0.0, -0.0, float("inf"), -float("inf"), float("nan")])
    x = torch.cat([x, halfway.view(torch.float32), special])[-4096:]
    half, back = torch.empty(4096, dtype=torch.bfloat16), torch.empty(4096)
    there_and_back[(1,)](x, half, back, 4096)
    torch.testing.assert_close(half, x.bfloat16(), rtol=0, atol=0, equal_nan=True)
    torch.testing.assert_close(back, x.bfloat16().float(), rtol=0, atol=0, equal_nan=True)


def test_mending_it_again_changes_nothing() -> None:
    from triton.runtime import interpreter

    before = (interpreter._patch_lang, interpreter._convert_float, interpreter.interpreter_builder.options)
    assert accelerate()
    assert before == (interpreter._patch_lang, interpreter._convert_float, interpreter.interpreter_builder.options)
