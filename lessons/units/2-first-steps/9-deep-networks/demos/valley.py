"""A deep network with parameters by hand: two hinges added, subtracted, and moved to where the pixels are."""

import torch

from tutor import live


def probability(x0, weights, biases, outgoing):
    """y_0 of a network with two hidden neurons in use; the scores of the other nine classes are 0."""
    hidden = torch.relu(torch.tensor(weights) * x0 + torch.tensor(biases))
    z = torch.zeros(10)
    z[0] = (torch.tensor(outgoing) * hidden).sum()
    return torch.softmax(z, dim=0)[0].item()


CASES = {
    "same signs": ((-2.0, 2.0), (1.0, -1.0), (0.0, 0.0), (1.0, 1.0)),
    "opposite signs": ((-2.0, 2.0), (1.0, -1.0), (0.0, 0.0), (1.0, -1.0)),
    "moved": ((0.0, 1.0), (4.0, -4.0), (-2.0, 2.0), (1.0, 1.0)),
}
for name, ((low, high), *parameters) in CASES.items():
    for step in range(41):
        live.log({name: probability(low + (high - low) * step / 40, *parameters)}, step=step)
    places = [low + (high - low) * step / 4 for step in range(5)]
    print(f"{name}: " + ", ".join(f"{probability(x0, *parameters):.4f} at {x0:g}" for x0 in places))
