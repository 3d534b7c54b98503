"""How many principal directions hold most of the variance of garments and of digits."""

import torch
from torchvision.datasets import MNIST, FashionMNIST

found = {}
for name, cls in (("garments", FashionMNIST), ("digits", MNIST)):
    X, x = (cls("data", train=one, download=True).data[:1437].flatten(1).double() / 255 for one in (True, False))
    spread = torch.linalg.eigvalsh(torch.cov(X.T))
    lost = spread.cumsum(dim=0) / spread.sum()  # of the smallest, the two smallest, ...
    needed = [int((lost > 1 - share).sum()) for share in (0.90, 0.95, 0.99)]
    found[name] = needed, X.mean().item(), (X == 0).double().mean().item(), (x - X.mean(dim=0)).square().mean().item()
    print(f"{name}: {len(X)} pictures; 90, 95, 99 % of the variance in {needed} directions")
    print(f"    mean pixel {found[name][1]:.3f}, {found[name][2]:.0%} of the pixels are 0, baseline {found[name][3]:.4f}")
