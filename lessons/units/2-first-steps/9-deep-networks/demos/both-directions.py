"""A trained flat network: does a darker pixel move a probability in the direction that its weight says?"""

import torch
import torchvision
from torch import nn

data = torchvision.datasets.FashionMNIST("data", train=True, download=True)
images, labels = data.data.flatten(start_dim=1).float() / 255, data.targets

torch.manual_seed(0)
linear = nn.Linear(784, 10)
optimizer = torch.optim.SGD(linear.parameters(), lr=0.1)
for places in torch.randperm(len(images)).split(256):
    optimizer.zero_grad()
    nn.functional.cross_entropy(linear(images[places]), labels[places]).backward()
    optimizer.step()

with torch.no_grad():
    W = linear.weight
    Y = torch.softmax(linear(images[:1000]), dim=1)
    slopes = Y[:, :, None] * (W - (Y @ W)[:, None, :])  # picture, class, pixel

other = (slopes > 0) != (W > 0)
both = (slopes > 0).any(dim=0) & (slopes < 0).any(dim=0)
print(f"the slope has a different sign from the weight in {other.float().mean().item():.0%} of all cases")
print(f"both signs occur among 1000 pictures for {both.float().mean().item():.0%} of the pairs of a class and a pixel")
