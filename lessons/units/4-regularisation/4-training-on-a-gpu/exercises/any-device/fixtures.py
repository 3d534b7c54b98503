"""An imitation of a second device, for machines that have none.

What the loader gives lies elsewhere until `.to(device)` has brought a copy. Elsewhere and here do not mix: an operation on both
raises an error, as PyTorch does where a GPU's tensors meet the CPU's.
"""

import torch
from torch import nn

HERE = torch.device("cpu")
"""The device that is handed in; what stands for a GPU's memory."""


def mixed(what):
    return RuntimeError(f"Expected all tensors to be on the same device, but found at least two devices: {what}")


class Elsewhere(torch.Tensor):
    """A tensor that has not been moved."""

    what = "a tensor has not been moved"
    copied = False

    def to(self, *args, **kwargs):
        wanted = args[0] if args else kwargs.get("device")
        if isinstance(wanted, torch.Tensor):
            wanted = wanted.device
        checked(wanted)
        type(self).copied = True
        return self.detach().as_subclass(torch.Tensor).clone()

    def cuda(self, *args, **kwargs):
        return self.to("cuda")

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        met = [one for one in [*args, *(kwargs or {}).values()] if isinstance(one, torch.Tensor)]
        left = [one for one in met if isinstance(one, Elsewhere)]
        if len(left) < len(met):
            kind = type(left[0])
            raise mixed(kind.what + (" (a copy was made, and not kept)." if kind.copied else "."))
        return super().__torch_function__(func, types, args, kwargs or {})


class Images(Elsewhere):
    what = "the pictures have not been moved"


class Labels(Elsewhere):
    what = "the labels have not been moved"


class Output(Elsewhere):
    what = "what the model has computed lies elsewhere"


def checked(device):
    """Only the device that was handed in is there."""
    if device is None or torch.device(device).type != HERE.type:
        raise AssertionError("Torch not compiled with CUDA enabled")


class Network(nn.Sequential):
    """Flatten, Linear and LogSoftmax. `moves` counts how often it was moved, `late` after how many mini-batches."""

    moves = late = tracked = 0

    def to(self, *args, **kwargs):
        checked(args[0] if args else kwargs.get("device"))
        self.moves += 1
        return self

    def cuda(self, *args, **kwargs):
        return self.to("cuda")

    def forward(self, x):
        self.tracked += torch.is_grad_enabled()
        if self.moves and not isinstance(x, Elsewhere):
            return super().forward(x)
        if not self.moves and isinstance(x, Elsewhere):
            return super().forward(x.detach().as_subclass(torch.Tensor)).as_subclass(Output)
        if isinstance(x, Elsewhere):
            raise mixed(Images.what + (" (a copy was made, and not kept)." if Images.copied else "."))
        raise mixed("the model has not been moved.")


class Loader:
    """Mini-batches, always in the same order."""

    def __init__(self, images, labels, size):
        self.pairs = list(zip(images.split(size), labels.split(size), strict=True))
        self.dataset = labels

    def __len__(self):
        return len(self.pairs)

    def __iter__(self):
        Images.copied = Labels.copied = False
        for images, labels in self.pairs:
            yield images.clone().as_subclass(Images), labels.clone().as_subclass(Labels)


def device():
    return HERE


def loader(images, labels, size):
    return Loader(images, labels, size)


def network(weight, bias, there):
    """The network; `there` says that it has been moved already."""
    linear = nn.Linear(weight.shape[1], len(weight))
    with torch.no_grad():
        linear.weight.copy_(weight)
        linear.bias.copy_(bias)
    model = Network(nn.Flatten(), linear, nn.LogSoftmax(dim=1))
    model.moves = int(there)
    return model


def pretend(gpu):
    """From now on PyTorch says that there is a GPU, or that there is none."""
    torch.cuda.is_available = lambda: gpu
    torch.cuda.device_count = lambda: int(gpu)


FOUND = (torch.cuda.is_available, torch.cuda.device_count)


def no_longer():
    """PyTorch says again what is true."""
    torch.cuda.is_available, torch.cuda.device_count = FOUND


def told(device):
    """The kind of a device; what it is where it is none."""
    return device.type if isinstance(device, torch.device) else f"no device: {type(device).__name__}"
