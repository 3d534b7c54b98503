"""20,000 garments, five epochs: as they are, shuffled with one permutation, and with a new one for each mini-batch."""

import torch
import torchvision
from torch import nn

torch.set_num_threads(1)


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


(X, Y), (T, S) = pictures(True), pictures(False)
X, Y = X[:20000], Y[:20000]


def trained(order):
    """A network that has been trained on pixels in the order that order() gives for each mini-batch."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        for chosen in torch.randperm(len(X)).split(128):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(X[chosen].index_select(1, order())), Y[chosen]).backward()
            optimizer.step()
    return model


def share(model, order):
    with torch.no_grad():
        return (model(T.index_select(1, order)).argmax(dim=1) == S).float().mean().item()


plain, fixed = torch.arange(784), torch.randperm(784, generator=torch.Generator().manual_seed(1))
shares = {"as they are": share(trained(lambda: plain), plain)}
model = trained(lambda: fixed)
shares["shuffled alike"] = share(model, fixed)
shares["trained shuffled, tested as they are"] = share(model, plain)
shares["a new order for each mini-batch"] = share(trained(lambda: torch.randperm(784)), plain)
for name, value in shares.items():
    print(f"{name:37s} {value:.3f}")
