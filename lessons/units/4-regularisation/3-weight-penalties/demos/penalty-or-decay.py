"""Thirty steps with a penalty in the cost, and thirty with weight_decay: how far they are apart in the end."""

import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(50, 3, dtype=torch.float64), torch.randn(50, 1, dtype=torch.float64)
lam = 0.5


def ends(make, decay, penalty):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1)).double()
    optimizer = make(model.parameters(), weight_decay=decay)
    for _ in range(30):
        optimizer.zero_grad()
        size = torch.cat([parameter.flatten() for parameter in model.parameters()]).square().sum()
        (nn.functional.mse_loss(model(x), y) + penalty / 2 * size).backward()
        optimizer.step()
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


optimisers = {
    "SGD": lambda p, **o: torch.optim.SGD(p, lr=0.1, **o),
    "SGD with momentum": lambda p, **o: torch.optim.SGD(p, lr=0.1, momentum=0.9, **o),
    "Adam": lambda p, **o: torch.optim.Adam(p, lr=0.1, **o),
    "AdamW": lambda p, **o: torch.optim.AdamW(p, lr=0.1, **o),
}
apart = {}
for name, make in optimisers.items():
    apart[name] = (ends(make, decay=0, penalty=lam) - ends(make, decay=lam, penalty=0)).abs().max().item()
    print(f"{name}: {apart[name]:.1e}")
