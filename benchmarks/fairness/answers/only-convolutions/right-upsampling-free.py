# right
# part: network
import torch
from torch import nn

class DenoisingNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        halves, doubles = {"kernel_size": 3, "stride": 2, "padding": 1}, {"output_padding": 1}
        self.net = nn.Sequential(
            nn.Conv2d(1, 12, 4, stride=2, padding=1),
            nn.LeakyReLU(),
            nn.Conv2d(12, 24, 4, stride=2, padding=1),
            nn.LeakyReLU(),
            nn.ConvTranspose2d(24, 12, 4, stride=2, padding=1),
            nn.LeakyReLU(),
            nn.ConvTranspose2d(12, 1, 4, stride=2, padding=1),
            nn.Sigmoid(),
        )

    def forward(self, X):
        return self.net(X)


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
