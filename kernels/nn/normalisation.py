"""Batch norm as modules, with a residual and a ReLU fused in."""

from typing import Any

import torch

from kernels.nn.options import WithRelu, leaf
from kernels.ops.batch_norm import batch_norm


def normalised(
    module: Any, x: torch.Tensor, residual: torch.Tensor | None, relu: bool, backend: str | None
) -> torch.Tensor:
    """relu(norm(x) + residual) as a batch norm, one of PyTorch's or of ours, has it; its running statistics move."""
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
        epsilon(module),
        relu=relu,
        residual=residual,
        backend=backend,
    )


def epsilon(norm: Any) -> float:
    """The eps of a batch norm, whether or not a ReLU is in it."""
    found: float = norm.inner_eps if isinstance(norm, _BatchNorm) else norm.eps
    return found


class _BatchNorm(WithRelu):
    """Batch normalisation by `kernels.batch_norm`, with a residual behind it, and a ReLU behind that, where asked."""

    inner_eps: float

    @property
    def eps(self) -> float:
        """What is added to the variance.

        Raises RuntimeError where there is a ReLU in the module. Whoever asks for it builds another module from the
        parts of this one, as `SyncBatchNorm.convert_sync_batchnorm` and `fuse_conv_bn_eval` do, and would leave the
        ReLU out in silence.
        """
        if self.relu:
            raise RuntimeError(
                f"This {type(self).__name__} has a ReLU in it, which would be lost in a module made of its parts. Set "
                "its relu to False and put a torch.nn.ReLU behind it, then do this."
            )
        return self.inner_eps

    @eps.setter
    def eps(self, value: float) -> None:
        self.inner_eps = value
        self.__dict__["eps"] = value  # for PyTorch's repr, which looks there

    @leaf
    def forward(self, x: torch.Tensor, residual: torch.Tensor | None = None) -> torch.Tensor:
        """relu(norm(x) + residual), of the shape of x. Raises what PyTorch's module raises."""
        return normalised(self, x, residual, self.relu, self.backend)


class BatchNorm1d(_BatchNorm, torch.nn.BatchNorm1d):
    """`torch.nn.BatchNorm1d` for [N, C] and [N, C, L], with `relu=` and a residual fused in."""


class BatchNorm2d(_BatchNorm, torch.nn.BatchNorm2d):
    """`torch.nn.BatchNorm2d` for [N, C, H, W], contiguous or channels last, with `relu=` and a residual fused in."""
