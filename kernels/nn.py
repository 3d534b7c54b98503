"""Modules that stand in for PyTorch's: the same arguments, the same state, and what follows them fused in."""

from typing import Any

import torch

from kernels.ops.batch_norm import batch_norm
from kernels.ops.conv import conv2d, conv_transpose2d
from kernels.ops.luong import luong_attention
from kernels.types.norm import Norm


class _WithRelu:
    """A mixin before one of PyTorch's modules, whose arguments it takes: `relu=` and `backend=` in addition.

    Neither is part of the state: a state dict of either module loads into the other.
    """

    def __init__(self, *arguments: Any, relu: bool = False, backend: str | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.relu = relu
        self.backend = backend

    def extra_repr(self) -> str:
        inherited: str = super().extra_repr()  # type: ignore[misc]
        return inherited + (", relu=True" if self.relu else "")


class _BatchNorm(_WithRelu):
    """Batch normalisation by `kernels.batch_norm`, with a residual behind it, and a ReLU behind that, where asked."""

    def forward(self, x: torch.Tensor, residual: torch.Tensor | None = None) -> torch.Tensor:
        """relu(norm(x) + residual), of the shape of x. Raises what PyTorch's module raises."""
        module: Any = self
        module._check_input_dim(x)
        factor = 0.0 if module.momentum is None else module.momentum
        if module.training and module.track_running_stats and module.num_batches_tracked is not None:
            module.num_batches_tracked.add_(1)
            if module.momentum is None:  # the mean over all batches so far
                factor = 1.0 / float(module.num_batches_tracked)
        # running statistics that are not tracked are used in evaluation where there are some, and never changed
        used = not module.training or module.track_running_stats
        return batch_norm(
            x,
            module.running_mean if used else None,
            module.running_var if used else None,
            module.weight,
            module.bias,
            module.training or (module.running_mean is None and module.running_var is None),
            factor,
            module.eps,
            relu=self.relu,
            residual=residual,
            backend=self.backend,
        )


class BatchNorm1d(_BatchNorm, torch.nn.BatchNorm1d):
    """`torch.nn.BatchNorm1d` for [N, C] and [N, C, L], with `relu=` and a residual fused in."""


class BatchNorm2d(_BatchNorm, torch.nn.BatchNorm2d):
    """`torch.nn.BatchNorm2d` for [N, C, H, W], contiguous or channels last, with `relu=` and a residual fused in."""


class Conv2d(_WithRelu, torch.nn.Conv2d):
    """`torch.nn.Conv2d` by `kernels.conv2d`, with `relu=` fused in. Its state is that of PyTorch's module."""

    def forward(self, x: torch.Tensor, norm: Norm | None = None) -> torch.Tensor:
        """relu(norm(conv(x))), [N, C, H, W] or [C, H, W]; see `kernels.conv2d`. Raises what PyTorch's module raises."""
        padding: Any = self.padding
        if self.padding_mode != "zeros":
            x = torch.nn.functional.pad(x, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            padding = 0
        return conv2d(
            x,
            self.weight,
            self.bias,
            self.stride,
            padding,
            self.dilation,
            self.groups,
            norm=norm,
            relu=self.relu,
            backend=self.backend,
        )


class ConvTranspose2d(_WithRelu, torch.nn.ConvTranspose2d):
    """`torch.nn.ConvTranspose2d` by `kernels.conv_transpose2d`, with `relu=` fused in."""

    def forward(self, x: torch.Tensor, output_size: list[int] | None = None) -> torch.Tensor:
        """relu(conv_transpose(x)), [N, C, H, W] or [C, H, W]. Raises what PyTorch's module raises."""
        extra = self._output_padding(x, output_size, self.stride, self.padding, self.kernel_size, 2, self.dilation)  # type: ignore[arg-type]
        return conv_transpose2d(
            x,
            self.weight,
            self.bias,
            self.stride,
            self.padding,  # type: ignore[arg-type]
            extra,
            self.groups,
            self.dilation,
            relu=self.relu,
            backend=self.backend,
        )


class ConvBatchNorm2d(torch.nn.Module):
    """A convolution, a batch norm and, where asked for, a ReLU: `relu(norm(conv(x)))`.

    In training it is a convolution and a batch norm with its ReLU fused in. In evaluation, where no gradient is needed,
    all three are one kernel. `conv` and `norm` are modules of PyTorch or of ours; their state is kept in them.
    """

    def __init__(
        self, conv: torch.nn.Conv2d, norm: torch.nn.BatchNorm2d, relu: bool = True, backend: str | None = None
    ) -> None:
        super().__init__()
        if conv.out_channels != norm.num_features:
            raise ValueError(
                f"The convolution has {conv.out_channels} output channels, the batch norm {norm.num_features}."
            )
        if conv.padding_mode != "zeros":
            raise ValueError(f"The convolution pads with {conv.padding_mode!r}; here it can only pad with zeros.")
        self.conv = conv
        self.norm = norm
        self.relu = relu
        self.backend = backend

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[N, C, H, W] to [N, OC, OH, OW]."""
        conv, norm = self.conv, self.norm
        place = (conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups)
        if not norm.training and norm.running_mean is not None and norm.running_var is not None:
            fixed = Norm(norm.running_mean, norm.running_var, norm.weight, norm.bias, norm.eps)
            return conv2d(x, *place, norm=fixed, relu=self.relu, backend=self.backend)
        y = conv2d(x, *place, backend=self.backend)
        if isinstance(norm, BatchNorm2d) and norm.relu == self.relu:
            fused: torch.Tensor = norm(y)
            return fused
        z: torch.Tensor = norm(y)
        return torch.relu(z) if self.relu else z


class LuongAttention(torch.nn.Module):
    """Attention of one query to the states of a sequence by `kernels.luong_attention`. It has nothing to learn."""

    def __init__(self, scale: float = 1.0, backend: str | None = None) -> None:
        super().__init__()
        self.scale = scale
        self.backend = backend

    def forward(
        self,
        query: torch.Tensor,
        states: torch.Tensor,
        values: torch.Tensor | None = None,
        lengths: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Context [B, DV] and weights [B, S] of query [B, D], states [B, S, D] and values [B, S, DV], or the states."""
        return luong_attention(query, states, values, lengths=lengths, scale=self.scale, backend=self.backend)

    def extra_repr(self) -> str:
        return "" if self.scale == 1.0 else f"scale={self.scale}"
