# wrong: records the last epoch only
# says: each epoch|length|shape|entries
# part: curves
import torch
from torch.nn.functional import nll_loss

def curves(model, train, test, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {"train": [], "test": []}
    for _ in range(epochs):
        one_epoch(model, train, optimizer)
    history["train"].append(mean_cost(model, train))
    history["test"].append(mean_cost(model, test))
    return history


def one_epoch(model, train, optimizer):
    for sentence, label in train:
        optimizer.zero_grad()
        nll_loss(model(sentence), torch.tensor(label)).backward()
        optimizer.step()


@torch.no_grad()
def mean_cost(model, pairs):
    return sum(nll_loss(model(sentence), torch.tensor(label)).item() for sentence, label in pairs) / len(pairs)
