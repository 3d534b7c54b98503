# wrong: a second pass through the training set for its numbers
# says: second time|second pass
# part: fit
import torch
from torch import nn


def numbers(model, loader):
    cost = hits = count = 0
    with torch.no_grad():
        for images, labels in loader:
            logs = model(images.flatten(1))
            cost += nn.functional.nll_loss(logs, labels, reduction="sum").item()
            hits += (logs.argmax(1) == labels).sum().item()
            count += len(labels)
    return cost / count, hits / count


def fit(model, train_loader, test_loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    h = {"train_loss": [], "train_acc": [], "test_loss": [], "test_acc": []}
    for _ in range(epochs):
        for images, labels in train_loader:
            optimizer.zero_grad()
            nn.functional.nll_loss(model(images.flatten(1)), labels).backward()
            optimizer.step()
        for name, loader in (("train", train_loader), ("test", test_loader)):
            loss, acc = numbers(model, loader)
            h[name + "_loss"].append(loss)
            h[name + "_acc"].append(acc)
    return h
