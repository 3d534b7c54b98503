"""A neuron that is trained on two points."""

import torch


def two_points(
    F: torch.Tensor, Y: torch.Tensor, i: int, j: int, eta: float, steps: int
) -> tuple[torch.Tensor, torch.Tensor, float]:
    """Weights (m,), bias, and the share of all other points that are right."""
    raise NotImplementedError("write two_points")


if __name__ == "__main__":
    import numpy as np

    draw = np.random.default_rng(0)
    x0 = np.concatenate([draw.normal(0, 1, 50), draw.normal(10, 1, 50)])
    X = torch.tensor(np.stack([x0, draw.normal(0, 4, 100)], axis=1))
    Y = (torch.arange(100) >= 50).long()

    torch.manual_seed(0)
    encoder, decoder = torch.nn.Linear(2, 1).double(), torch.nn.Linear(1, 2).double()
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=0.02)
    for _ in range(2000):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(decoder(encoder(X)), X).backward()
        optimizer.step()
    with torch.no_grad():
        Z = encoder(X)
        Z -= Z.mean()
    for name, F in (("points", X), ("codes", Z)):
        shares = [two_points(F, Y, pair, 99 - pair, 0.1, 300)[2] for pair in range(20)]
        print(f"{name}: mean {sum(shares) / 20:.3f}, worst {min(shares):.3f}")
