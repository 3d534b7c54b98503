"""What an answer needs that reports on models of its own, trained or not.

Run in front of the answers that say `# with: reporting`, in their process.
"""

import math
import random

import torch


def untrained(others, truth):
    return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 10), torch.nn.LogSoftmax(dim=1))


def reported(sizes, epochs, train_set, test_set, make=untrained, accuracy=None):
    """A row for each size; the accuracy is the model's own where none is invented."""
    others, truth = test_set[:]
    rows = []
    for size in sizes:
        model = make(others, truth)
        with torch.no_grad():
            right = float((model(others).argmax(1) == truth).double().mean())
        rows.append(
            {
                "batch_size": size,
                "model": model,
                "steps": epochs * math.ceil(len(train_set) / size),
                "seconds": 1 / size + random.random() / 1e6,
                "train_loss": 1.9,
                "train_acc": 0.86,
                "test_acc": right if accuracy is None else accuracy,
            }
        )
    return rows
