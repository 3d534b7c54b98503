"""A linear layer and a softmax over the classes."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, mistake, script


def network():
    return nn.Linear(784, 10), nn.Softmax(1)


@cases
def pictures(rng: Rng):
    X = rng.uniform(7, 784)
    s = script("with parameters that are set", X=X)
    both = s.call("network", label="network()", compare=False)
    z = s.item(both, 0, label="z", compare=False)
    y = s.item(both, 1, label="y", compare=False)
    s.observe(z, "parameters")
    s.set(z, [rng.normal(10, 784) / 10, rng.normal(10)])
    s.call(y, s.call(z, X, label="sums"), label="probabilities")
    s.call(y, s.call(z, X[:1], label="sums of one picture"), label="probabilities of one picture")
    s.call(z, torch.zeros(1, 784), label="sums of an empty picture")
    yield s


@check("probabilities: positive, and ten of them add up to 1")
def adds_up(got, ref, inputs):
    y = got["probabilities"]
    if y.shape != ref["probabilities"].shape:
        return Finding("The probabilities have the wrong size.", expected="(7, 10)", got=str(tuple(y.shape)))
    if not bool((y > 0).all()):
        return Finding("A probability is not positive.", "not-positive")
    if not torch.allclose(y.sum(1), torch.ones(len(y)), atol=1e-6):
        return Finding(
            "The ten probabilities of a picture do not add up to 1.",
            "rows-do-not-add-up",
            expected="1",
            got=f"{y[0].sum().item():.4g}",
        )
    return None


@alternative
def by_names():
    z = nn.Linear(in_features=28 * 28, out_features=10, bias=True)
    y = nn.Softmax(dim=-1)
    return z, y


@alternative
def a_function_for_the_second():
    return nn.Linear(784, 10), lambda sums: torch.softmax(sums, dim=1)


@alternative
def in_a_list():
    return [nn.Sequential(nn.Linear(784, 10)), nn.Sequential(nn.Softmax(dim=1))]


@alternative
def layers_in_a_row():
    z = nn.Sequential(nn.Identity(), nn.Linear(784, 10))
    return z, lambda sums: nn.functional.softmax(sums, 1)


class Sums(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(10, 784) / 28)
        self.bias = nn.Parameter(torch.zeros(10))

    def forward(self, X):
        return X @ self.weight.T + self.bias


@alternative
def modules_of_ones_own():
    def y(sums):
        e = torch.exp(sums - sums.amax(dim=1, keepdim=True))
        return e / e.sum(dim=1, keepdim=True)

    return Sums(), y


@alternative
def through_the_logarithm():
    log = nn.LogSoftmax(dim=1)
    return nn.Linear(784, 10), lambda sums: log(sums).exp()


edit(
    "over-the-pictures",
    "Lets the softmax add up over the pictures.",
    hint="Normalise over the classes: the ten numbers of a picture must add up to 1, but yours do so down a column.",
    replace=("Softmax(1)", "Softmax(0)"),
)
edit(
    "sizes-swapped",
    "Swaps inputs and outputs of the layer.",
    hint="nn.Linear(inputs, outputs): the 784 pixels go in, and ten sums come out.",
    replace=("784, 10", "10, 784"),
)
edit(
    "rows-of-pixels",
    "Makes a layer for a single row of pixels.",
    hint="The pictures are flattened: a picture is one vector of 784 entries.",
    replace=("784, 10", "28, 10"),
)
edit(
    "sigmoids",
    "Takes a sigmoid for each class.",
    hint="Ten sigmoids know nothing of each other and do not add up to 1. Which function takes all ten sums at once?",
    replace=("Softmax(1)", "Sigmoid()"),
)
edit(
    "without-bias",
    "Leaves out the biases.",
    hint="Count the parameters: there should be 7850 of them, and you have 7840.",
    replace=("784, 10", "784, 10, bias=False"),
    when=lambda got, ref, inputs: not bool(got["sums of an empty picture"].any()),
)
edit(
    "logarithms",
    "Returns logarithms of probabilities.",
    hint="Probabilities are positive. LogSoftmax gives their logarithms.",
    replace=("Softmax(1)", "LogSoftmax(1)"),
)


@mistake(
    "softmax-twice",
    "Has the softmax in both parts.",
    hint="`z` must return the sums as they are. The softmax comes in `y`.",
)
def softmax_twice():
    return nn.Sequential(nn.Linear(784, 10), nn.Softmax(dim=1)), nn.Softmax(dim=1)


edit(
    "one-neuron",
    "Has a single output.",
    hint="One neuron for each class: how many outputs is that?",
    replace=[("784, 10", "784, 1"), ("Softmax(1)", "Sigmoid()")],
    when=lambda got, ref, inputs: got["sums"].shape[1] == 1,
)
