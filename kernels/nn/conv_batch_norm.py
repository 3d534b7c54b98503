"""A convolution with its batch norm, which are one kernel where nothing needs a gradient."""

from typing import Any

import torch

from kernels.dispatch.choice import checked_backend
from kernels.nn.convolution import Conv2d
from kernels.nn.normalisation import BatchNorm2d, epsilon, normalised
from kernels.nn.options import hooked, leaf
from kernels.ops.conv import conv2d
from kernels.types.norm import Norm


def _known(module: torch.nn.Module, *classes: type[torch.nn.Module]) -> bool:
    """Whether calling a module does what one of these classes does, and nobody waits for the call."""
    return type(module).forward in [one.forward for one in classes] and not hooked(module)


class ConvBatchNorm2d(torch.nn.Module):
    """A convolution, a batch norm and, where asked for, a ReLU: `relu(norm(conv(x)))`.

    In training the ReLU is fused into the batch norm. In evaluation, where no gradient is needed, all three are one
    kernel. `conv` and `norm` are modules of PyTorch or of ours, and their state is kept in them; those with hooks, and
    those of other classes, are called as they are. A ReLU follows if `relu` is set here or in `norm`; one in `conv`
    would come before the norm, and is refused.
    """

    def __init__(
        self, conv: torch.nn.Conv2d, norm: torch.nn.BatchNorm2d, relu: bool = True, backend: str | None = None
    ) -> None:
        super().__init__()
        checked_backend(backend, type(self).__name__)
        if conv.out_channels != norm.num_features:
            raise ValueError(
                f"The convolution has {conv.out_channels} output channels, the batch norm {norm.num_features}."
            )
        if conv.padding_mode != "zeros":
            raise ValueError(f"The convolution pads with {conv.padding_mode!r}; here it can only pad with zeros.")
        if getattr(conv, "relu", False):
            raise ValueError("The convolution has a ReLU of its own, which would come before the batch norm.")
        self.conv = conv
        self.norm = norm
        self.relu = relu
        self.backend = backend

    @leaf
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """[N, C, H, W] to [N, OC, OH, OW]."""
        conv, norm = self.conv, self.norm
        relu = self.relu or bool(getattr(norm, "relu", False))
        own_conv = _known(conv, torch.nn.Conv2d, Conv2d) and not getattr(conv, "relu", False)
        own_norm = _known(norm, torch.nn.BatchNorm2d, BatchNorm2d)
        place: tuple[Any, ...] = (conv.weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups)
        fixed = not norm.training and norm.running_mean is not None and norm.running_var is not None
        if own_conv and own_norm and fixed:
            assert norm.running_mean is not None and norm.running_var is not None
            statistics = Norm(norm.running_mean, norm.running_var, norm.weight, norm.bias, epsilon(norm))
            return conv2d(x, *place, norm=statistics, relu=relu, backend=self.backend)
        y = conv2d(x, *place, backend=self.backend) if own_conv else conv(x)
        if own_norm:
            return normalised(norm, y, None, relu, self.backend)
        z: torch.Tensor = norm(y)
        return torch.relu(z) if self.relu else z

    def extra_repr(self) -> str:
        return f"relu={self.relu}" + ("" if self.backend is None else f", backend={self.backend!r}")
