# right
# part: fit
import copy
import torch
from torch.nn.functional import log_softmax, nll_loss
from torch.optim.lr_scheduler import ExponentialLR, LambdaLR, MultiplicativeLR
from tutor import live
NAMES = ("train_loss", "test_loss", "test_acc")

def fit(model, train_loader, test_loader, epochs, lr, gamma=None):
    return run(model, train_loader, test_loader, epochs, lr, gamma)


def compare(model, train_loader, test_loader, epochs, lr, gamma):
    spreads = []
    for factor in (None, gamma):
        twin = copy.deepcopy(model)
        costs = fit(twin, train_loader, test_loader, epochs, lr, factor)["test_loss"]
        spreads.append(torch.tensor(costs[-5:], dtype=torch.float64).std().item())
    return tuple(spreads)


def run(model, train_loader, test_loader, epochs, lr, gamma):
    factor = 1.0 if gamma is None else gamma
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    result = {name: [] for name in NAMES}
    for epoch in range(epochs):
        one = trained(model, train_loader, optimizer)
        for group in optimizer.param_groups:
            group['lr'] = lr * factor ** (epoch + 1)
        values = one, *tested(model, test_loader)
        for name, value in zip(NAMES, values, strict=True):
            result[name].append(value)
        live.log({"test/cost": result["test_loss"][-1]}, step=epoch)
    return result


def trained(model, loader, optimizer, after=lambda: None):
    total, seen = 0.0, 0
    for x, labels in loader:
        optimizer.zero_grad()
        cost = nll_loss(model(x), labels)
        cost.backward()
        optimizer.step()
        after()
        total, seen = total + cost.item() * len(labels), seen + len(labels)
    return total / seen


@torch.no_grad()
def tested(model, loader):
    total, right, seen = 0.0, 0, 0
    for x, labels in loader:
        output = model(x)
        total += nll_loss(output, labels).item() * len(labels)
        right += (output.argmax(1) == labels).sum().item()
        seen += len(labels)
    return total / seen, right / seen
