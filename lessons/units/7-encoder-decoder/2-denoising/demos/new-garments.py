"""Samples around the code of one garment."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

X = FashionMNIST("data", train=True, download=True).data[:1500, None] / 255
torch.manual_seed(0)
encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, 940), nn.ReLU())
decoder = nn.Sequential(nn.Linear(940, 784), nn.Sigmoid())
corruptor = nn.Dropout()
optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=0.001)
for epoch in live.progress(range(8)):
    for part in torch.randperm(len(X)).split(32):
        optimizer.zero_grad()
        nn.functional.mse_loss(decoder(encoder(corruptor(X[part]))), X[part].flatten(1)).backward()
        optimizer.step()

image = X[:1]
with torch.no_grad():
    code = encoder(image)
    noise = torch.randn(2, *code.shape)
    live.show(image, title="original")
    for scale in (0.5, 1.0, 2.0):
        changed = torch.addcmul(code, code, scale * noise)
        new = decoder(changed).reshape(-1, 1, 28, 28)
        live.show(new, title=[f"noise {scale}"] * 2)
print("code", tuple(code.shape), " changed", tuple(changed.shape), " new pictures", tuple(new.shape))
print(f"{(code == 0).float().mean():.0%} of the code is 0, before and after: {torch.equal(changed == 0, (code == 0).expand(2, 1, 940))}")
