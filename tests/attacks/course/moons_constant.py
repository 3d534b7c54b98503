"""Tries to pass for a trained network with the same answer for every point."""
# exercise: two-moons.deep
# ends: failed error

import torch


def train_deep(X, Y):
    calls = []

    def model(points):
        calls.append(1)
        return torch.full((len(points),), 0.5)

    return model
