# wrong: counts the directions that hold the share by themselves
# says: together|share|direction|cumul|cumsum
# part: components
import torch
from torch import nn

def fit(images, width, seed):
    torch.manual_seed(seed)
    h, w = images.shape[-2:]
    there = nn.Sequential(nn.Flatten(), nn.Linear(h * w, width), nn.ReLU())
    back = nn.Sequential(nn.Linear(width, h * w), nn.Sigmoid(), nn.Unflatten(1, (1, h, w)))
    model, noise = nn.Sequential(there, back), nn.Dropout(0.5)
    adam = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(40):
        for clean in images[torch.randperm(len(images))].split(20):
            loss = (model(noise(clean)) - clean).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
    return model


def chosen(errors):
    allowed = 1.1 * min(errors.values())
    return next(width for width in sorted(errors) if errors[width] <= allowed)


def components(images, share):
    rows = images.flatten(1)
    rows = rows - rows.mean(0)
    variances = torch.linalg.svdvals(rows) ** 2
    held = variances / variances.sum()
    return (held < share).sum().item() + 1
