# wrong: stops at the first epoch that is not better
# says: epochs|length|list|last \d items are missing
# part: fit
import copy
import math
import torch
from torch import nn
from torch.nn.functional import nll_loss
from torch.utils.data import Subset, random_split
from tutor import live
NAMES = ("train", "val", "test")

def split(dataset, share, seed):
    order = torch.randperm(len(dataset), generator=torch.Generator().manual_seed(seed)).tolist()
    first = round(share * len(dataset))
    return Subset(dataset, order[:first]), Subset(dataset, order[first:])


def best_epoch(costs):
    best = None
    for epoch, cost in enumerate(costs):
        if not math.isnan(cost) and (best is None or cost < costs[best]):
            best = epoch
    return best


def fit(model, train_loader, val_loader, test_loader, epochs, lr):
    loaders = dict(zip(NAMES, (train_loader, val_loader, test_loader), strict=True))
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history, kept = {name: [] for name in NAMES}, []
    for epoch in range(epochs):
        train_epoch(model, train_loader, optimizer)
        for name in NAMES:
            history[name].append(mean_cost(model, loaders[name]))
        kept.append(copy.deepcopy(model.state_dict()))
        if len(history['val']) > 1 and history['val'][-1] > history['val'][-2]:
            break
        live.log({f"{name}/cost": history[name][-1] for name in NAMES}, step=epoch)
    best = best_epoch(history["val"])
    model.load_state_dict(kept[best])
    return history | {"best": best}


def train_epoch(model, loader, optimizer):
    model.train()
    for rows, labels in loader:
        optimizer.zero_grad()
        nll_loss(model(rows), labels).backward()
        optimizer.step()


@torch.no_grad()
def mean_cost(model, loader):
    model.eval()
    total = seen = 0
    for rows, labels in loader:
        total += nll_loss(model(rows), labels).item() * len(labels)
        seen += len(labels)
    return total / seen


def learn(X, Y, X_val, Y_val):
    model = large()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    lowest, kept = math.inf, None
    for step in range(200):
        one_step(model, optimizer, X, Y)
        cost = cost_of(model, X_val, Y_val)
        live.log({"val/cost": cost}, step=step)
        if cost < lowest:
            lowest, kept = cost, copy.deepcopy(model)
    return kept


def large():
    return nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2), nn.LogSoftmax(dim=1))


def one_step(model, optimizer, X, Y):
    optimizer.zero_grad()
    nll_loss(model(X), Y).backward()
    optimizer.step()


@torch.no_grad()
def cost_of(model, X, Y):
    return nll_loss(model(X), Y).item()
