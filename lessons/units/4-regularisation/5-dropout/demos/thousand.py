"""1,000 garments, 80 epochs: the cost on 8,000 others without dropout, with it, and without its correction."""

import torch
import torchvision
from torch import nn

from tutor import live


class Uncorrected(nn.Dropout):
    """PyTorch's layer, with its own correction undone."""

    def forward(self, input):
        return super().forward(input) * (1 - self.p if self.training else 1)


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


torch.set_num_threads(1)
(X, Y), (V, W) = pictures(True), pictures(False)
X, Y, V, W = X[:1000], Y[:1000], V[:8000], W[:8000]
for name, layer in (("none", nn.Identity()), ("dropout", nn.Dropout(0.5)), ("uncorrected", Uncorrected(0.5))):
    torch.manual_seed(0)
    hidden = [nn.Linear(784, 256), nn.ReLU(), layer, nn.Linear(256, 128), nn.ReLU(), layer]
    model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for epoch in range(80):
        model.train()
        for places in torch.randperm(1000).split(250):
            optimizer.zero_grad()
            cost = nn.functional.nll_loss(model(X[places]), Y[places])
            cost.backward()
            optimizer.step()
        if epoch % 2:
            with torch.no_grad():
                live.log({f"cost/{name}": nn.functional.nll_loss(model.eval()(V), W).item()}, step=epoch + 1)
