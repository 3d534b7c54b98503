"""Modules that stand in for PyTorch's: the same arguments, the same state, and what follows them fused in."""

from kernels.nn.attention import Attention, LuongAttention, MultiheadAttention
from kernels.nn.conv_batch_norm import ConvBatchNorm2d
from kernels.nn.convolution import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from kernels.nn.normalisation import BatchNorm1d, BatchNorm2d
from kernels.nn.replacement import Replacement, replace

__all__ = [
    "Attention",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv1d",
    "Conv2d",
    "ConvBatchNorm2d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "LuongAttention",
    "MultiheadAttention",
    "Replacement",
    "replace",
]
