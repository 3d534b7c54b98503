"""Convolutions and transposed convolutions as modules, with a ReLU fused in."""

from typing import Any

import torch

from kernels.nn.options import WithRelu, leaf
from kernels.ops.conv import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from kernels.types.norm import Norm


class _Convolution(WithRelu):
    """A convolution by one of our functions."""

    operation: Any

    @leaf
    def forward(self, x: torch.Tensor, norm: Norm | None = None) -> torch.Tensor:
        """relu(norm(conv(x))); see the function. Raises what PyTorch's module raises."""
        module: Any = self
        padding = module.padding
        if module.padding_mode != "zeros":
            x = torch.nn.functional.pad(x, module._reversed_padding_repeated_twice, mode=module.padding_mode)
            padding = 0
        found: torch.Tensor = type(self).operation(
            x, module.weight, module.bias, module.stride, padding, module.dilation, module.groups,
            norm=norm, relu=self.relu, backend=self.backend,
        )  # fmt: skip
        return found


class Conv1d(_Convolution, torch.nn.Conv1d):
    """`torch.nn.Conv1d` by `kernels.conv1d`, [N, C, L] or [C, L], with `relu=` fused in."""

    operation = staticmethod(conv1d)


class Conv2d(_Convolution, torch.nn.Conv2d):
    """`torch.nn.Conv2d` by `kernels.conv2d`, [N, C, H, W] or [C, H, W], with `relu=` fused in."""

    operation = staticmethod(conv2d)


class _Transposed(WithRelu):
    """A transposed convolution by one of our functions."""

    operation: Any

    @leaf
    def forward(self, x: torch.Tensor, output_size: list[int] | None = None) -> torch.Tensor:
        """relu(conv_transpose(x)). Raises what PyTorch's module raises."""
        module: Any = self
        extra = module._output_padding(
            x, output_size, module.stride, module.padding, module.kernel_size, len(module.stride), module.dilation
        )
        found: torch.Tensor = type(self).operation(
            x, module.weight, module.bias, module.stride, module.padding, extra, module.groups, module.dilation,
            relu=self.relu, backend=self.backend,
        )  # fmt: skip
        return found


class ConvTranspose1d(_Transposed, torch.nn.ConvTranspose1d):
    """`torch.nn.ConvTranspose1d` by `kernels.conv_transpose1d`, with `relu=` fused in."""

    operation = staticmethod(conv_transpose1d)


class ConvTranspose2d(_Transposed, torch.nn.ConvTranspose2d):
    """`torch.nn.ConvTranspose2d` by `kernels.conv_transpose2d`, with `relu=` fused in."""

    operation = staticmethod(conv_transpose2d)
