"""What a step of training costs, for networks of different sizes."""

import time

import torch
from torch import nn

DEVICE = torch.device("cpu")
"""Where everything is computed; the lines at the end of the file change it."""


def finished():
    """Waits until a GPU has done what it was told to do; without one there is nothing to wait for."""
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def step_seconds(widths: list[int], batch_size: int) -> dict[str, float]:
    """"parameters", "multiplications" and "seconds" of one step. Call finished() before each look at the clock."""
    raise NotImplementedError("write step_seconds")


if __name__ == "__main__":
    for name in ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]:
        DEVICE = torch.device(name)
        for widths in ([784, 20, 10], [784, 1024, 1024, 10], [784, 2048, 2048, 10]):
            found = step_seconds(widths, 256)
            print(name, widths, found["parameters"], "parameters,", f"{1000 * found['seconds']:.2f} ms a step")
