"""Modules that stand in for PyTorch's: the same arguments, the same state, and what follows them fused in."""

from typing import Any

import torch

from kernels.batch_norm import batch_norm


class _Fused:
    """Batch normalisation by `kernels.batch_norm`, with a ReLU behind it where asked for, and a residual before that.

    A mixin before one of PyTorch's modules, whose arguments it takes. `relu` and `backend` are not part of the state:
    a state dict of either loads into the other.
    """

    def __init__(self, *arguments: Any, relu: bool = False, backend: str | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.relu = relu
        self.backend = backend

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

    def extra_repr(self) -> str:
        inherited: str = super().extra_repr()  # type: ignore[misc]
        return inherited + (", relu=True" if self.relu else "")


class BatchNorm1d(_Fused, torch.nn.BatchNorm1d):
    """`torch.nn.BatchNorm1d` for [N, C] and [N, C, L], with `relu=` and a residual fused in."""


class BatchNorm2d(_Fused, torch.nn.BatchNorm2d):
    """`torch.nn.BatchNorm2d` for [N, C, H, W], contiguous or channels last, with `relu=` and a residual fused in."""
