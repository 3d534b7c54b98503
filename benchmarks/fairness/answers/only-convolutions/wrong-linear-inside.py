# wrong: has a linear layer
# says: linear|allowed|layer
# part: network
import torch
from torch import nn

class DenoisingNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        halves, doubles = {"kernel_size": 3, "stride": 2, "padding": 1}, {"output_padding": 1}
        self.way_in = nn.Sequential(nn.Conv2d(1, 16, **halves), nn.ReLU(), nn.Conv2d(16, 32, **halves), nn.ReLU())
        self.wide = nn.Sequential(nn.ConvTranspose2d(32, 16, **halves, **doubles), nn.ReLU())
        self.mix = nn.LazyLinear(3)
        self.last = nn.ConvTranspose2d(16, 1, **halves, **doubles)

    def forward(self, X):
        return torch.sigmoid(self.last(self.wide(self.mix(self.way_in(X).mT).mT)))


def fit(images, seed):
    torch.manual_seed(seed)
    net, noise = DenoisingNetwork(), nn.Dropout(0.5)
    adam = torch.optim.Adam(net.parameters(), lr=4e-3)
    for _ in range(25):
        for clean in images[torch.randperm(len(images))].split(20):
            loss = (net(noise(clean)) - clean).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
    return net
