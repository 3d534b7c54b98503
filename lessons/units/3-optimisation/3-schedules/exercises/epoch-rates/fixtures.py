"""A network that writes down with which parameters it was trained, and mini-batches in a fixed order."""

import torch
from torch.utils.data import DataLoader, TensorDataset


class Network(torch.nn.Sequential):
    """Linear, ReLU, Linear, LogSoftmax. `path` holds all parameters as one vector, for each forward pass with a graph."""

    def __init__(self, *layers):
        super().__init__(*layers)
        self.path = []

    def forward(self, x):
        if torch.is_grad_enabled():
            self.path.append(torch.cat([one.detach().flatten() for one in self.parameters()]))
        return super().forward(x)


def network(W1, b1, W2, b2):
    first, second = (torch.nn.Linear(W.shape[1], W.shape[0]).double() for W in (W1, W2))
    for layer, W, b in ((first, W1, b1), (second, W2, b2)):
        layer.load_state_dict({"weight": W, "bias": b})
    return Network(first, torch.nn.ReLU(), second, torch.nn.LogSoftmax(dim=1))


def loader(rows, labels, size):
    return DataLoader(TensorDataset(rows, labels), batch_size=size)
