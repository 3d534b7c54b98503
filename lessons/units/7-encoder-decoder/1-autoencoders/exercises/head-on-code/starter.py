"""A head that is trained on the codes of an encoder."""

import torch
from torch import nn


def train_head(
    encoder: nn.Module, head: nn.Linear, X: torch.Tensor, Y: torch.Tensor, eta: float, steps: int
) -> list[float]:
    """The cost before each step; afterwards the head is trained, and the encoder is what it was."""
    raise NotImplementedError("write train_head")


def as_neuron(
    W_enc: torch.Tensor, b_enc: torch.Tensor, W_head: torch.Tensor, b_head: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights (d,) and bias (1,) of the neuron that encoder and head are together."""
    raise NotImplementedError("write as_neuron")


if __name__ == "__main__":
    from sklearn.datasets import make_blobs

    data, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
    X, Y = torch.tensor(data), torch.tensor(labels)
    torch.manual_seed(0)
    encoder, decoder = nn.Linear(2, 1).double(), nn.Linear(1, 2).double()
    optimizer = torch.optim.SGD([*encoder.parameters(), *decoder.parameters()], lr=0.01)
    for _ in range(1000):
        optimizer.zero_grad()
        nn.functional.mse_loss(decoder(encoder(X)), X).backward()
        optimizer.step()

    for name, features, layer in (("head", encoder, nn.Linear(1, 1)), ("neuron", nn.Identity(), nn.Linear(2, 1))):
        layer.double()
        costs = train_head(features, layer, X, Y, 0.1, 1000)
        right = ((layer(features(X)).squeeze(1) > 0) == (Y == 1)).double().mean()
        print(f"{name}: cost {costs[0]:.4f} -> {costs[-1]:.4f}, {right:.0%} right")
        if name == "head":
            weights, bias = as_neuron(encoder.weight, encoder.bias, layer.weight, layer.bias)
        else:
            weights, bias = layer.weight[0], layer.bias
        print(f"    as a neuron: weights {weights.tolist()}, bias {bias.tolist()}")
