"""Steps over the training sentences, then the mean costs of both sets."""

import torch
from torch import nn
from torch.nn.functional import nll_loss

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


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


def plain(result):
    """The lists as tensors, whether they hold numbers or tensors of one element; anything else as it is."""
    if not isinstance(result, dict) or set(result) != {"train", "test"}:
        return result
    try:
        return {name: torch.tensor([float(one) for one in result[name]], dtype=torch.float64) for name in ("train", "test")}
    except (TypeError, ValueError, RuntimeError):
        return result


@cases("curves")
def runs(rng: Rng):
    for E, H, seen, fresh, epochs, lr in ((3, 5, 6, 4, 4, 0.3), (5, 3, 3, 7, 6, 0.5)):
        sizes = ((9, E), (H, E), (H, H), (H,), (H,), (2, H), (2,))
        values = [rng.normal(*size, std=0.7, dtype=torch.float64) for size in sizes]
        s = script(f"{seen} and {fresh} sentences, {epochs} epochs, rate {lr}", canonical=plain, rtol=1e-6, truth=seen * epochs)
        model = s.spy(fixture("network"), E, H, values)
        sets = [
            [(rng.integers(0, 9, int(length)), int(label)) for length, label in zip(rng.integers(1, 6, n).tolist(), rng.integers(0, 2, n).tolist(), strict=True)]
            for n in (seen, fresh)
        ]
        s.call("curves", model, *sets, epochs, lr, label="history")
        s.state_dict(model)
        s.attribute(model, "tracked", compare=False)
        yield s


@check("no graph is recorded while it is measured", part="curves", observation=True)
def no_graph(got, ref, inputs):
    if isinstance(got[".tracked"], int) and got[".tracked"] <= inputs["truth"]:
        return None
    return Finding("A graph was recorded for more sentences than were trained on.", name="graph-recorded", hint="Measure within `torch.no_grad()`.")


@alternative(part="curves")
def by_hand(model, train, test, epochs, lr):
    found = {"train": [], "test": []}
    for _ in range(epochs):
        for sentence, label in train:
            model.zero_grad()
            (-model(sentence)[label]).backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= lr * parameter.grad
        for name, data in {"train": train, "test": test}.items():
            total = 0.0
            with torch.inference_mode():
                for sentence, label in data:
                    total -= model(sentence)[label].item()
            found[name].append(total / len(data))
    return found


@alternative(part="curves")
def in_lists(model, train, test, epochs, lr):
    def measured(pairs):
        with torch.no_grad():
            logs = torch.stack([model(sentence) for sentence, _ in pairs])
            return nn.NLLLoss()(logs, torch.tensor([label for _, label in pairs])).item()

    optimizer, seen, fresh = torch.optim.SGD(model.parameters(), lr=lr), [], []
    for _ in range(epochs):
        one_epoch(model, train, optimizer)
        seen.append(measured(train))
        fresh.append(measured(test))
    return dict(train=seen, test=fresh)


edit_alternative("test-first", part="curves", replace=(
    '        history["train"].append(mean_cost(model, train))\n        history["test"].append(mean_cost(model, test))\n',
    '        for name, pairs in (("test", test), ("train", train)):\n            history[name] += [mean_cost(model, pairs)]\n',
))  # fmt: skip
edit_alternative("cross-entropy", part="curves", of=mean_cost, replace=("nll_loss(model(sentence), torch.tensor(label)).item()", "nn.functional.cross_entropy(model(sentence), torch.tensor(label)).item()"))
edit_alternative("indexed", part="curves", of=mean_cost, replace=("nll_loss(model(sentence), torch.tensor(label)).item()", "float(-model(sentence)[label])"))

edit(
    "before-the-epoch",
    "Measures before each epoch.",
    hint="The costs are those after the epoch: first the steps, then a look at both sets.",
    part="curves",
    replace=[
        ("        one_epoch(model, train, optimizer)\n", ""),
        ('(mean_cost(model, test))\n', '(mean_cost(model, test))\n        one_epoch(model, train, optimizer)\n'),
    ],
)
edit(
    "trained-on-the-test",
    "Takes steps for the test sentences too.",
    hint="The test set must play no part in training. Only look at it.",
    part="curves",
    replace=("one_epoch(model, train, optimizer)", "one_epoch(model, train + test, optimizer)"),
)
edit(
    "swapped",
    "Has the two curves the wrong way round.",
    hint='"train" is the curve that falls.',
    part="curves",
    replace=[('history["train"].append', 'history["other"].append'), ('history["test"].append', 'history["train"].append'), ("return history", 'return {"train": history["train"], "test": history["other"]}'), ('{"train": [], "test": []}', '{"train": [], "other": []}')],
)
edit(
    "sums",
    "Records sums instead of means.",
    hint="The sets have different sizes. Only means can be compared.",
    part="curves",
    of=mean_cost,
    replace=(" / len(pairs)", ""),
)
edit(
    "not-cleared",
    "Never clears the gradients.",
    hint="`backward()` adds to what is there. Clear the gradients before each one.",
    part="curves",
    of=one_epoch,
    replace=("        optimizer.zero_grad()\n", ""),
)


@mistake(
    "running-cost",
    "Records the mean of the costs during the epoch.",
    hint="Those costs belong to models that have long changed. Measure all sentences again when the epoch is over.",
    part="curves",
)
def running_cost(model, train, test, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {"train": [], "test": []}
    for _ in range(epochs):
        total = 0.0
        for sentence, label in train:
            optimizer.zero_grad()
            cost = nll_loss(model(sentence), torch.tensor(label))
            cost.backward()
            optimizer.step()
            total += cost.item()
        history["train"].append(total / len(train))
        history["test"].append(mean_cost(model, test))
    return history

edit(
    "a-copy",
    "Trains a copy of the model.",
    hint="The model that was handed in stays trained.",
    replace=("optimizer = torch.optim.SGD(model.parameters(), lr=lr)", "import copy\n    model = copy.deepcopy(model)\n    optimizer = torch.optim.SGD(model.parameters(), lr=lr)"),
)

edit(
    "accuracies",
    "Records accuracies.",
    hint="Both curves are costs.",
    of=mean_cost,
    replace=("nll_loss(model(sentence), torch.tensor(label)).item()", "float(model(sentence).argmax() == label)"),
)
