"""The training loop of a classifier."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


def train(net, eta, n_epoch, train_loader):
    net.train()
    step_by = torch.optim.SGD(net.parameters(), eta)
    history = []
    for _ in range(n_epoch):
        for x, y in train_loader:
            loss = nn.functional.cross_entropy(net(x), y)
            step_by.zero_grad()
            loss.backward()
            step_by.step()
            history.append(loss.item())
    return history


@cases("train")
def small_sets(rng: Rng):
    for label, inputs, classes, batches, epochs, eta in (("two epochs", 5, 3, (7, 7, 3), 2, 0.3), ("three epochs of one mini-batch", 6, 4, (9,), 3, 0.1)):
        s = script(label)
        net = s.call(fixture("small"), inputs, classes, rng.integers(0, 10**6), label="the network", compare=False)
        pairs = [(rng.normal(n, inputs, dtype=torch.float64), rng.integers(0, classes, n)) for n in batches]
        s.call("train", net, eta, epochs, pairs, label="costs")
        s.call(fixture("inside"), net, label="parameters afterwards")
        s.observe(net, "training", label="its mode")
        yield s


@alternative(part="train")
def by_hand(net, eta, n_epoch, train_loader):
    net.train()
    costs = []
    for _ in range(n_epoch):
        for x, y in train_loader:
            net.zero_grad()
            logs = torch.log_softmax(net(x), dim=1)
            cost = -logs[torch.arange(len(y)), y].mean()
            cost.backward()
            with torch.no_grad():
                for p in net.parameters():
                    p -= eta * p.grad
            costs.append(float(cost))
    return costs


@alternative(part="train")
def with_nll(net, eta, n_epoch, train_loader):
    objective, optimizer = nn.NLLLoss(), torch.optim.SGD(net.parameters(), lr=eta)
    costs = []
    for epoch in range(n_epoch):
        net.train(True)
        for batch in train_loader:
            optimizer.zero_grad(set_to_none=False)
            cost = objective(torch.log_softmax(net(batch[0]), 1), batch[1])
            cost.backward()
            optimizer.step()
            costs += [cost.detach().item()]
    return costs


edit_alternative("reset-at-the-end", part="train", replace=[("            step_by.zero_grad()\n", ""), ("            step_by.step()\n", "            step_by.step()\n            step_by.zero_grad()\n")])
edit_alternative("an-object", part="train", replace=("nn.functional.cross_entropy(net(x), y)", "nn.CrossEntropyLoss()(net(x), y)"))
edit_alternative("float", part="train", replace=("loss.item()", "float(loss)"))

AFTER = "Compare the parameters after one mini-batch with what one step by hand gives. Are old gradients in it?"

edit(
    "gradients-add-up",
    "Never resets the gradients.",
    hint="The gradients of all mini-batches add up. Reset them in each step.",
    part="train",
    replace=("            step_by.zero_grad()\n", ""),
)
edit(
    "softmax-twice",
    "Takes a softmax of the scores first.",
    hint="`CrossEntropyLoss` takes the softmax itself. Give it the scores.",
    part="train",
    replace=("net(x), y)", "net(x).softmax(1), y)"),
)
edit(
    "sum-of-costs",
    "Adds up the costs of a mini-batch.",
    hint="The mean over the mini-batch is asked for.",
    part="train",
    replace=("net(x), y)", "net(x), y, reduction=\"sum\")"),
)
edit(
    "one-epoch",
    "Goes through the data once.",
    hint="`n_epoch` times.",
    part="train",
    replace=("range(n_epoch)", "range(1)"),
)
edit(
    "other-mode",
    "Leaves the network in the mode that it was in.",
    hint="`net.train()`, before the first mini-batch.",
    part="train",
    replace=("    net.train()\n", ""),
)
edit(
    "cost-afterwards",
    "Notes the cost after the step.",
    hint="The cost before the step is asked for.",
    part="train",
    replace=("history.append(loss.item())", "history.append(nn.functional.cross_entropy(net(x), y).item())"),
)

edit(
    "constant-rate",
    "Ignores the learning rate.",
    hint="`eta` is the rate: hand it to the optimiser.",
    replace=("torch.optim.SGD(net.parameters(), eta)", "torch.optim.SGD(net.parameters(), 0.1)"),
)
edit(
    "another-optimiser",
    "Trains with another optimiser than plain SGD.",
    hint="`torch.optim.SGD(net.parameters(), eta)`.",
    replace=("torch.optim.SGD(net", "torch.optim.Adam(net"),
)
