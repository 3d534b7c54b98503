# wrong: has no transposed convolution
# says: ConvTranspose2d|at least one|transposed
# part: network
import torch
from torch import nn

class DenoisingNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        halves, doubles = {"kernel_size": 3, "stride": 2, "padding": 1}, {"output_padding": 1}
        self.way_in = nn.Sequential(nn.Conv2d(1, 16, **halves), nn.ReLU(), nn.Conv2d(16, 32, **halves), nn.ReLU())
        self.wide = nn.Conv2d(32, 16, 3, padding=1)
        self.last = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, X):
        return torch.sigmoid(nn.functional.pixel_shuffle(self.last(self.wide(self.way_in(X))), 4))


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
