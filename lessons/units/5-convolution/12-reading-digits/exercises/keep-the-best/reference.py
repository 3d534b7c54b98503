"""Training that ends with the parameters of its best epoch."""

import copy

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


def fit(net, eta, n_epoch, train_loader, X_val, Y_val):
    sgd = torch.optim.SGD(net.parameters(), eta)
    history, lowest = [], None
    for epoch in range(n_epoch):
        net.train()
        for x, y in train_loader:
            loss = cross_entropy(net(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
        net.eval()
        with torch.no_grad():
            history.append(cross_entropy(net(X_val), Y_val).item())
        if lowest is None or history[-1] < lowest[0]:
            lowest = history[-1], epoch, copy.deepcopy(net.state_dict())
    net.load_state_dict(lowest[2])
    return history, lowest[1]


def network(inputs, classes, seed):
    """What fixtures.small makes, to see which epoch would be the best."""
    torch.manual_seed(seed)
    layers = [nn.Linear(inputs, 11), nn.BatchNorm1d(11), nn.ReLU(), nn.Linear(11, classes)]
    return nn.Sequential(*layers).double()


@cases("fit")
def small_sets(rng: Rng):
    """Sets that are learned by heart, so that the best epoch is neither the first nor the last."""
    for label, inputs, classes, batches, epochs, eta in (("six epochs", 5, 3, (7, 7, 3), 6, 0.7), ("seven epochs", 6, 4, (9, 5), 7, 1.0), ("one epoch", 3, 5, (6,), 1, 0.3)):
        for _ in range(200):
            seed = rng.integers(0, 10**6)
            pairs = [(rng.normal(n, inputs, dtype=torch.float64), rng.integers(0, classes, n)) for n in batches]
            held_out = rng.normal(13, inputs, dtype=torch.float64), rng.integers(0, classes, 13)
            costs, best = fit(network(inputs, classes, seed), eta, epochs, pairs, *held_out)
            if epochs == 1 or (0 < best < epochs - 2 and min(abs(a - b) for a in costs for b in costs if a is not b) > 1e-3):
                break
        s = script(label)
        net = s.call(fixture("small"), inputs, classes, seed, label="the network", compare=False)
        s.call("fit", net, eta, epochs, pairs, *held_out, label="returned")
        s.call(fixture("inside"), net, label="parameters and averages afterwards")
        s.observe(net, "training", label="its mode")
        s.call(net, held_out[0], label="scores afterwards")
        yield s
    s = script("a rate of 0, and a network without averages")
    net = s.call(fixture("plain"), 4, 3, rng.integers(0, 10**6), label="the network", compare=False)
    held_out = rng.normal(9, 4, dtype=torch.float64), rng.integers(0, 3, 9)
    pairs = [(rng.normal(5, 4, dtype=torch.float64), rng.integers(0, 3, 5))]
    s.call("fit", net, 0.0, 4, pairs, *held_out, label="returned")
    yield s


@alternative(part="fit")
def a_copy_of_each(net, eta, n_epoch, train_loader, X_val, Y_val):
    objective, optimizer = nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=eta)
    costs, copies = [], []
    for _ in range(n_epoch):
        net.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            objective(net(x), y).backward()
            optimizer.step()
        net.eval()
        with torch.no_grad():
            costs.append(float(objective(net(X_val), Y_val)))
        copies.append({name: one.clone() for name, one in net.state_dict().items()})
    best = costs.index(min(costs))
    net.load_state_dict(copies[best])
    return costs, best


@alternative(part="fit")
def another_network(net, eta, n_epoch, train_loader, X_val, Y_val):
    kept, best, costs = None, -1, []
    for epoch in range(n_epoch):
        net.train()
        for x, y in train_loader:
            net.zero_grad()
            (-torch.log_softmax(net(x), 1).gather(1, y[:, None])).mean().backward()
            with torch.no_grad():
                for p in net.parameters():
                    p.sub_(eta * p.grad)
        net.eval()
        with torch.no_grad():
            costs += [cross_entropy(net(X_val), Y_val).item()]
        if epoch == 0 or costs[-1] < costs[best]:
            kept, best = copy.deepcopy(net), epoch
    net.load_state_dict(kept.state_dict())
    return costs, best


edit_alternative("cloned", part="fit", replace=("copy.deepcopy(net.state_dict())", "{name: one.clone() for name, one in net.state_dict().items()}"))
edit_alternative("inference", part="fit", replace=("with torch.no_grad()", "with torch.inference_mode()"))
edit_alternative("objects", part="fit", replace=("loss = cross_entropy(net(x), y)", "loss = nn.CrossEntropyLoss()(net(x), y)"))

edit(
    "no-copy",
    "Ends with the last epoch's parameters: what was put aside is no copy, or was never put back.",
    hint="Is what you put aside a copy of the tensors, such as `copy.deepcopy(net.state_dict())`? And is it put back after the last epoch?",
    part="fit",
    replace=("copy.deepcopy(net.state_dict())", "net.state_dict()"),
)
edit(
    "shallow-copy",
    "Ends with the last epoch's parameters: what was put aside is no copy, or was never put back.",
    hint="Is what you put aside a copy of the tensors, such as `copy.deepcopy(net.state_dict())`? And is it put back after the last epoch?",
    part="fit",
    replace=("copy.deepcopy(net.state_dict())", "dict(net.state_dict())"),
)
edit(
    "never-loaded",
    "Ends with the last epoch's parameters: what was put aside is no copy, or was never put back.",
    hint="Is what you put aside a copy of the tensors, such as `copy.deepcopy(net.state_dict())`? And is it put back after the last epoch?",
    part="fit",
    replace=("    net.load_state_dict(lowest[2])\n", ""),
)
edit(
    "highest",
    "Keeps the epoch with the highest cost.",
    hint="The lower the cost, the better.",
    part="fit",
    replace=("history[-1] < lowest[0]", "history[-1] > lowest[0]"),
)
edit(
    "training-mode",
    "Computes the validation cost in training mode.",
    hint="`net.eval()` before the validation set. Batch normalisation behaves differently in training.",
    part="fit",
    replace=("        net.eval()\n", ""),
)
edit(
    "never-back",
    "Stays in prediction mode after the first epoch.",
    hint="`net.train()` at the beginning of **each** epoch.",
    part="fit",
    replace=("    for epoch in range(n_epoch):\n        net.train()\n", "    net.train()\n    for epoch in range(n_epoch):\n"),
)
edit(
    "counted-from-one",
    "Counts the epochs from 1.",
    hint="The first epoch is number 0.",
    part="fit",
    replace=("return history, lowest[1]", "return history, lowest[1] + 1"),
)


@mistake(
    "parameters-alone",
    "Keeps the parameters and forgets the buffers.",
    hint="The running averages belong to the best epoch too: they are buffers, and `state_dict()` has them.",
    part="fit",
)
def parameters_alone(net, eta, n_epoch, train_loader, X_val, Y_val):
    sgd = torch.optim.SGD(net.parameters(), eta)
    history, lowest = [], None
    for epoch in range(n_epoch):
        net.train()
        for x, y in train_loader:
            sgd.zero_grad()
            cross_entropy(net(x), y).backward()
            sgd.step()
        net.eval()
        with torch.no_grad():
            history.append(cross_entropy(net(X_val), Y_val).item())
        if lowest is None or history[-1] < lowest[0]:
            lowest = history[-1], epoch, [one.detach().clone() for one in net.parameters()]
    with torch.no_grad():
        for one, kept in zip(net.parameters(), lowest[2], strict=True):
            one.copy_(kept)
    return history, lowest[1]

edit(
    "last-of-equals",
    "Takes the last of several epochs with the same cost.",
    hint="Replace the best one only where the cost is lower.",
    replace=("history[-1] < lowest[0]", "history[-1] <= lowest[0]"),
)
edit(
    "cost-for-the-epoch",
    "Returns the lowest cost where the number of its epoch belongs.",
    hint="Keep the epoch beside the cost.",
    replace=("return history, lowest[1]", "return history, lowest[0]"),
)
