"""The norms of each sentence's gradients, averaged over an epoch."""

import torch
from torch.nn.functional import nll_loss

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


def gradient_norms(model, sentences, labels, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {name: [] for name, _ in model.named_parameters()}
    for _ in range(epochs):
        noted = {name: [] for name in history}
        for sentence, label in zip(sentences, labels, strict=True):
            cost = nll_loss(model(sentence), torch.tensor(label))
            optimizer.zero_grad()
            cost.backward()
            for name, parameter in model.named_parameters():
                noted[name].append(parameter.grad.abs().max().item())
            optimizer.step()
        for name, norms in noted.items():
            history[name].append(sum(norms) / len(norms))
    return history


def plain(result):
    """The lists as tensors, whether they hold numbers or tensors of one element; anything else as it is."""
    if not isinstance(result, dict):
        return result
    try:
        return {name: torch.tensor([float(one) for one in norms], dtype=torch.float64) for name, norms in sorted(result.items())}
    except (TypeError, ValueError, RuntimeError):
        return result


@cases("norms")
def runs(rng: Rng):
    for E, H, L, n, epochs, lr in ((3, 5, 2, 5, 3, 0.3), (5, 3, 1, 3, 4, 0.5)):
        sizes = [(9, E)]
        for k in range(L):
            sizes += [(H, H if k else E), (H, H), (H,), (H,)]
        values = [rng.normal(*size, std=0.7, dtype=torch.float64) for size in [*sizes, (2, H), (2,)]]
        s = script(f"{L} {'layer' if L == 1 else 'layers'}, {n} sentences, {epochs} epochs, rate {lr}", canonical=plain, rtol=1e-6)
        model = s.spy(fixture("stack"), E, H, L, values)
        sentences = [rng.integers(0, 9, int(length)) for length in rng.integers(2, 7, n).tolist()]
        s.call("gradient_norms", model, sentences, rng.integers(0, 2, n).tolist(), epochs, lr, label="norms")
        s.state_dict(model)
        yield s


@alternative
def with_sums(model, sentences, labels, epochs, lr):
    names = [name for name, _ in model.named_parameters()]
    table = torch.zeros(epochs, len(names), dtype=torch.float64)
    for epoch in range(epochs):
        for k in range(len(sentences)):
            parameters = list(model.parameters())
            gradients = torch.autograd.grad(-model(sentences[k])[labels[k]], parameters)
            table[epoch] += torch.stack([gradient.abs().amax() for gradient in gradients]) / len(sentences)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients, strict=True):
                    parameter.sub_(lr * gradient)
    return {name: table[:, column].tolist() for column, name in enumerate(names)}


@alternative
def after_the_step(model, sentences, labels, epochs, lr):
    from collections import defaultdict

    optimizer, found = torch.optim.SGD(model.parameters(), lr=lr), defaultdict(list)
    for _ in range(epochs):
        norms = defaultdict(float)
        for sentence, label in zip(sentences, labels, strict=True):
            optimizer.zero_grad()
            (-model(sentence)[label]).backward()
            optimizer.step()
            for name, parameter in model.named_parameters():
                norms[name] += float(max(parameter.grad.max(), -parameter.grad.min()))
        for name in norms:
            found[name].append(norms[name] / len(sentences))
    return dict(found)


edit_alternative("vector-norm", replace=("parameter.grad.abs().max().item()", "torch.linalg.vector_norm(parameter.grad, ord=torch.inf).item()"))
edit_alternative("flattened", replace=("parameter.grad.abs().max().item()", "parameter.grad.flatten().norm(torch.inf).item()"))
edit_alternative("tensors", replace=("parameter.grad.abs().max().item()", "parameter.grad.detach().abs().max()"))

edit(
    "operator-norm",
    "Takes the largest row sum of a matrix.",
    hint='`torch.linalg.norm` takes a matrix for an operator. `G.abs().max()` is the largest entry.',
    replace=("parameter.grad.abs().max().item()", "torch.linalg.norm(parameter.grad, ord=torch.inf).item()"),
)
edit(
    "sign-kept",
    "Takes the largest entry with its sign.",
    hint="The entry -5 is larger than 3 here: absolute values first.",
    replace=("parameter.grad.abs().max()", "parameter.grad.max()"),
)
edit(
    "norm-of-the-parameter",
    "Takes the norm of the parameter instead of its gradient.",
    hint="`parameter.grad` is the gradient.",
    replace=("parameter.grad.abs()", "parameter.detach().abs()"),
)
edit(
    "largest-of-the-epoch",
    "Takes the largest norm of the epoch.",
    hint="The mean over the sentences is wanted.",
    replace=("sum(norms) / len(norms)", "max(norms)"),
)
edit(
    "sum-of-the-epoch",
    "Adds the norms up.",
    hint="The mean over the sentences is wanted.",
    replace=("sum(norms) / len(norms)", "sum(norms)"),
)
edit(
    "not-cleared",
    "Never clears the gradients.",
    hint="`backward()` adds to what is there. Clear the gradients before each one.",
    replace=("            optimizer.zero_grad()\n", ""),
)
edit(
    "euclidean",
    "Takes the Euclidean norm.",
    hint="The infinity norm is the largest entry without its sign.",
    replace=("parameter.grad.abs().max()", "parameter.grad.norm()"),
)


@mistake(
    "last-of-the-epoch",
    "Notes the norm of the last sentence only.",
    hint="Every sentence of the epoch counts: note the norms inside the inner loop.",
)
def last_of_the_epoch(model, sentences, labels, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {name: [] for name, _ in model.named_parameters()}
    for _ in range(epochs):
        for sentence, label in zip(sentences, labels, strict=True):
            optimizer.zero_grad()
            nll_loss(model(sentence), torch.tensor(label)).backward()
            optimizer.step()
        for name, parameter in model.named_parameters():
            history[name].append(parameter.grad.abs().max().item())
    return history


@mistake(
    "norm-of-the-sum",
    "Takes the norm of the sum of the gradients of an epoch.",
    hint="Each sentence has a gradient and a norm of its own. The mean is taken of the norms.",
)
def norm_of_the_sum(model, sentences, labels, epochs, lr):
    history = {name: [] for name, _ in model.named_parameters()}
    for _ in range(epochs):
        sums = {name: torch.zeros_like(parameter) for name, parameter in model.named_parameters()}
        for sentence, label in zip(sentences, labels, strict=True):
            model.zero_grad()
            nll_loss(model(sentence), torch.tensor(label)).backward()
            with torch.no_grad():
                for name, parameter in model.named_parameters():
                    sums[name] += parameter.grad / len(sentences)
                    parameter -= lr * parameter.grad
        for name in sums:
            history[name].append(sums[name].abs().max().item())
    return history

edit(
    "mean-of-entries",
    "Takes the mean of the entries' sizes.",
    hint="The infinity norm is the largest of them.",
    replace=(".abs().max().item()", ".abs().mean().item()"),
)
