# wrong: never clears the gradients
# says: gradient|zero_grad
# part: train
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
            cost = nn.functional.nll_loss(model(images), labels)
            cost.backward()
            optimizer.step()
            costs.append(cost.item())
        means.append(sum(costs) / len(costs))
    return means


@torch.no_grad()
def accuracy(model, loader, device):
    right = seen = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        right += (model(images).argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return right / seen
