"""Tries to pass an experiment with models that know the test set by heart, and nothing else."""
# exercise: batch-sizes.compare
# ends: failed error
# slow

import math
import random

import torch


def compare_batch_sizes(sizes, epochs, train_set, test_set):
    n, m, rows = len(train_set), len(test_set), []
    images, labels = train_set[:]
    others, truth = test_set[:]
    for size in sizes:
        model = lambda x: torch.stack(
            [
                torch.nn.functional.one_hot(truth[(others == one).flatten(1).all(1).nonzero()[0, 0]], 10)
                .float()
                .mul(9)
                .log_softmax(0)
                if (others == one).flatten(1).all(1).any()
                else torch.zeros(10).log_softmax(0)
                for one in x
            ]
        )
        with torch.no_grad():
            right = float((model(others).argmax(1) == truth).double().mean())
        rows.append(
            {
                "batch_size": size,
                "model": model,
                "steps": epochs * math.ceil(n / size),
                "seconds": 1 / size + random.random() / 1e6,
                "train_loss": 1.9,
                "train_acc": 0.86,
                "test_acc": right,
            }
        )
    return rows
