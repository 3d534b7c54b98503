# right
# part: accuracy
import torch
from torch import nn

def pick_device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(model, loader, epochs, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    means = []
    for _ in range(epochs):
        costs = []
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            cost = nn.functional.nll_loss(model(images), labels)
            cost.backward()
            optimizer.step()
            costs.append(cost.item())
        means.append(sum(costs) / len(costs))
    return means


def accuracy(model, loader, device):
    hits = []
    with torch.inference_mode():
        for images, labels in loader:
            best = model(images.to(device)).max(1).indices
            hits += (best == labels.to(device)).tolist()
    return sum(hits) / len(hits)
