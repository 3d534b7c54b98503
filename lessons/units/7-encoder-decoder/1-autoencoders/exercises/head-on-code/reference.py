"""A head that is trained on codes, and what it is together with a linear encoder."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from grader.spec import Rng, alternative, cases, case, edit, edit_alternative, fixture, mistake, script


def train_head(encoder, head, X, Y, eta, steps):
    codes = encoder(X).detach()
    labels = Y.to(codes.dtype)[:, None]
    sgd = torch.optim.SGD(head.parameters(), eta)
    costs = []
    for _ in range(steps):
        loss = cross_entropy(head(codes), labels)
        costs.append(loss.item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    return costs


def as_neuron(W_enc, b_enc, W_head, b_head):
    w = W_head[0]
    return w @ W_enc, w @ b_enc + b_head


@cases("train")
def clouds(rng: Rng):
    for n, d, k, steps, eta, maker in ((23, 2, 1, 12, 0.3, "layer"), (13, 7, 3, 5, 0.2, "deep"), (9, 5, 3, 1, 0.5, "layer")):
        Y = rng.integers(0, 2, n)
        X = rng.normal(n, d, dtype=torch.float64) + Y[:, None]
        s = script(f"{n} points, {d} -> {k}, {steps} steps" if steps > 1 else f"{n} points, {d} -> {k}, one step", rtol=1e-7)
        encoder = s.call(fixture(maker), rng.normal(k, d, dtype=torch.float64), rng.normal(k, dtype=torch.float64), label="the encoder", compare=False)
        head = s.call(fixture("layer"), rng.normal(1, k, dtype=torch.float64), rng.normal(1, dtype=torch.float64), label="the head", compare=False)
        s.call("train_head", encoder, head, X, Y, eta, steps, label="the costs")
        s.state_dict(head)
        s.call(encoder, rng.normal(7, d, dtype=torch.float64), label="codes afterwards")
        yield s


@cases("neuron")
def layers(rng: Rng):
    for d, k in ((2, 1), (7, 3), (3, 5)):
        yield case(
            W_enc=rng.normal(k, d, dtype=torch.float64), b_enc=rng.normal(k, dtype=torch.float64),
            W_head=rng.normal(1, k, dtype=torch.float64), b_head=rng.normal(1, dtype=torch.float64),
            label=f"{d} -> {k} -> 1", rtol=1e-8,
        )  # fmt: skip


# --- the head alone -----------------------------------------------------------------------------------------------


@alternative(part="train")
def step_by_step(encoder, head, X, Y, eta, steps):
    with torch.no_grad():
        Z = encoder(X)
    costs = []
    for _ in range(steps):
        head.zero_grad()
        cost = nn.BCELoss()(torch.sigmoid(head(Z)).squeeze(1), Y.double())
        cost.backward()
        with torch.no_grad():
            for parameter in head.parameters():
                parameter -= eta * parameter.grad
        costs.append(float(cost))
    return costs


@alternative(part="train")
def by_the_error(encoder, head, X, Y, eta, steps):
    with torch.no_grad():
        Z, costs = encoder(X), []
        for _ in range(steps):
            z = head(Z)[:, 0]
            costs.append((nn.functional.softplus(z) - Y * z).mean().item())
            error = torch.sigmoid(z) - Y
            head.weight -= eta * (error @ Z)[None] / len(Z)
            head.bias -= eta * error.mean()
    return costs


@alternative(part="train")
def frozen(encoder, head, X, Y, eta, steps):
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    model = nn.Sequential(encoder, head)
    optimizer = torch.optim.SGD([one for one in model.parameters() if one.requires_grad], lr=eta)
    costs = []
    for _ in range(steps):
        cost = nn.BCEWithLogitsLoss()(model(X).flatten(), Y.double())
        costs.append(cost.item())
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    return costs


edit_alternative("codes-each-time", part="train", replace=[("    codes = encoder(X).detach()\n", ""), ("Y.to(codes.dtype)", "Y.to(X.dtype)"), ("head(codes)", "head(encoder(X))")])
edit_alternative("two-scores", part="train", replace=("cross_entropy(head(codes), labels)", "nn.functional.cross_entropy(torch.cat([0 * head(codes), head(codes)], 1), Y)"))

edit(
    "encoder-moves",
    "Changes the encoder.",
    hint="An optimiser changes what it was given. Which parameters should it get?",
    part="train",
    replace=[
        ("codes = encoder(X).detach()", "codes = encoder(X)"), ("head(codes)", "head(encoder(X))"),
        ("torch.optim.SGD(head.parameters(), eta)", "torch.optim.SGD([*encoder.parameters(), *head.parameters()], eta)"),
    ],
)
edit(
    "gradients-pile-up",
    "Does not reset the gradients between two steps.",
    hint="`backward()` adds to what is in `.grad`.",
    part="train",
    replace=("        sgd.zero_grad()\n", ""),
)
edit(
    "cost-after-the-step",
    "Computes the costs after the steps.",
    hint="The first cost is that of the head as it was handed in.",
    part="train",
    replace=[("        costs.append(loss.item())\n", ""), ("        sgd.step()\n", "        sgd.step()\n        costs.append(cross_entropy(head(codes), labels).item())\n")],
)
edit(
    "sigmoid-twice",
    "Applies the sigmoid twice.",
    hint="`binary_cross_entropy_with_logits` has the sigmoid in it.",
    part="train",
    replace=("cross_entropy(head(codes), labels)", "cross_entropy(torch.sigmoid(head(codes)), labels)"),
)
edit(
    "sum",
    "Takes the sum over the points instead of the mean.",
    hint="The cost is a mean over the points.",
    part="train",
    replace=("cross_entropy(head(codes), labels)", "cross_entropy(head(codes), labels, reduction='sum')"),
)
edit(
    "every-label-with-every-point",
    "Compares each label with each point.",
    hint="A column meets a row, and both are broadcast. What are the shapes of the logits and of the labels?",
    part="train",
    replace=("cross_entropy(head(codes), labels)", "(nn.functional.softplus(head(codes)) - Y * head(codes)).mean()"),
)
edit(
    "squared-error",
    "Takes the squared difference for the cost.",
    hint="The cost is the cross entropy, as for the single neuron.",
    part="train",
    replace=("cross_entropy(head(codes), labels)", "nn.functional.mse_loss(torch.sigmoid(head(codes)), labels)"),
)


@mistake("starts-anew", "Starts from zeros instead of the parameters that the head has.", hint="The head is handed in with its parameters. Training goes on from there.", part="train")
def starts_anew(encoder, head, X, Y, eta, steps):
    with torch.no_grad():
        head.weight.zero_()
        head.bias.zero_()
    return train_head(encoder, head, X, Y, eta, steps)


# --- a single neuron ----------------------------------------------------------------------------------------------


@alternative(part="neuron")
def by_sums(W_enc, b_enc, W_head, b_head):
    return (W_head.T * W_enc).sum(0), (W_head * b_enc).sum(1) + b_head


@alternative(part="neuron")
def with_einsum(W_enc, b_enc, W_head, b_head):
    return torch.einsum("ik,kd->d", W_head, W_enc), torch.einsum("ik,k->i", W_head, b_enc).add(b_head)


@alternative(part="neuron")
def by_asking(W_enc, b_enc, W_head, b_head):
    d = W_enc.shape[1]

    def logit(X):
        return nn.functional.linear(nn.functional.linear(X, W_enc, b_enc), W_head, b_head)[:, 0]

    at_zero = logit(torch.zeros(1, d, dtype=W_enc.dtype))
    return logit(torch.eye(d, dtype=W_enc.dtype)) - at_zero, at_zero


edit_alternative("as-matrices", part="neuron", replace=("w @ W_enc, w @ b_enc + b_head", "(W_head @ W_enc).squeeze(0), W_head @ b_enc + b_head"))
edit_alternative("from-the-other-side", part="neuron", replace=("w @ W_enc", "W_enc.T @ w"))

edit(
    "encoder-bias-lost",
    "Loses the encoder's bias.",
    hint="Put z = A x + b into the logit. What becomes of b?",
    part="neuron",
    replace=("w @ b_enc + b_head", "b_head"),
)
edit(
    "head-bias-lost",
    "Loses the head's bias.",
    hint="The head adds its own bias in the end.",
    part="neuron",
    replace=("w @ b_enc + b_head", "(w @ b_enc)[None]"),
)
edit(
    "biases-added",
    "Adds the encoder's bias without the head's weight.",
    hint="What the encoder adds is multiplied by the head's weights, too.",
    part="neuron",
    replace=("w @ b_enc + b_head", "b_enc.sum() + b_head"),
)
edit(
    "bias-times-both",
    "Multiplies both biases by the head's weights.",
    hint="The head's own bias comes after its weights.",
    part="neuron",
    replace=("w @ b_enc + b_head", "w @ (b_enc + b_head)[:len(w)] + 0 * b_head"),
)

edit(
    "classes-exchanged",
    "Exchanges the two classes.",
    hint="The head gives the logit of class 1, so the labels are compared as they are.",
    part="train",
    replace=("labels = Y.to(codes.dtype)[:, None]", "labels = 1 - Y.to(codes.dtype)[:, None]"),
)
