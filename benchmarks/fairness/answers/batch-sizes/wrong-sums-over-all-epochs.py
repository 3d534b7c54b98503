# wrong: cost and accuracy are means over all epochs
# says: last epoch|all epochs
# part: compare
import time

import torch
from torch import nn
from torch.utils.data import DataLoader


def compare_batch_sizes(sizes, epochs, train_set, test_set):
    result = []
    for size in sizes:
        net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.LogSoftmax(dim=1))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        updates, began = 0, time.perf_counter()
        cost = hits = seen = 0
        for _ in range(epochs):
            for images, labels in DataLoader(train_set, batch_size=size, shuffle=True):
                logs = net(images)
                loss = nn.functional.nll_loss(logs, labels)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                updates += 1
                cost += loss.item() * len(labels)
                hits += (logs.argmax(1) == labels).sum().item()
                seen += len(labels)
        seconds = time.perf_counter() - began
        with torch.no_grad():
            right = sum((net(x).argmax(1) == t).sum().item() for x, t in DataLoader(test_set, batch_size=100))
        result.append(
            {
                "batch_size": size,
                "model": net,
                "steps": updates,
                "seconds": seconds,
                "train_loss": cost / seen,
                "train_acc": hits / seen,
                "test_acc": right / len(test_set),
            }
        )
    return result
