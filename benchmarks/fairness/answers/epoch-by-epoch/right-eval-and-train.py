# right
# part: fit
import torch
from torch import nn


def evaluate(model, loader):
    model.eval()
    cost = hits = count = 0
    with torch.no_grad():
        for images, labels in loader:
            logs = model(images.flatten(1))
            cost += nn.functional.nll_loss(logs, labels, reduction="sum").item()
            hits += (logs.argmax(1) == labels).sum().item()
            count += len(labels)
    model.train()
    return cost / count, hits / count


def fit(model, train_loader, test_loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {"train_loss": [], "train_acc": [], "test_loss": [], "test_acc": []}
    for _ in range(epochs):
        cost = hits = count = 0
        for images, labels in train_loader:
            logs = model(images.flatten(1))
            loss = nn.functional.nll_loss(logs, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            cost += len(labels) * loss.item()
            hits += (logs.argmax(1) == labels).sum().item()
            count += len(labels)
        history["train_loss"].append(cost / count)
        history["train_acc"].append(hits / count)
        loss, share = evaluate(model, test_loader)
        history["test_loss"].append(loss)
        history["test_acc"].append(share)
    return history
