"""A block whose last layer has been made to give nothing."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def make_identity_(block):
    last = block.path[len(block.path) - 1]
    with torch.no_grad():
        last.weight.zero_()
        last.bias.zero_()


SIZES = {"linear": lambda n: [(n, n), (n,), (n,), (n,), (n, n), (n,)], "convolutions": lambda n: [(n, n, 3, 3), (n,), (n,), (n, n, 3, 3), (n,), (n,)]}


@cases("identity")
def blocks(rng: Rng):
    for kind, n, size in (("linear", 5, (7, 5)), ("convolutions", 3, (5, 3, 6, 7)), ("linear", 12, (3, 12))):
        s = script(f"{kind}, {n} {'features' if kind == 'linear' else 'channels'}", atol=1e-6)
        block = s.spy(fixture("block"), kind, n)
        s.set(block, [rng.normal(*one) for one in SIZES[kind](n)])
        s.call("make_identity_", block, label="result")
        X = rng.uniform(*size)
        s.call(block, torch.where(X < 0.2, 0.0, X), label="in training mode")
        s.eval(block)
        s.call(block, rng.uniform(*size, high=3.0), label="in prediction mode")
        s.call(fixture("others"), block, label="what must stay")
        yield s


@alternative
def with_init(block):
    nn.init.zeros_(block.path[-1].weight)
    nn.init.zeros_(block.path[-1].bias)


@alternative
def all_of_its_parameters(block):
    for parameter in block.path[-1].parameters():
        parameter.data.fill_(0.0)


@alternative
def multiplied(block):
    with torch.no_grad():
        for parameter in list(block.path.children())[-1].parameters():
            parameter *= 0


@alternative
def by_state(block):
    last = block.path[-1]
    state = last.state_dict()
    last.load_state_dict({name: torch.zeros_like(one) if name in ("weight", "bias") else one for name, one in state.items()})


edit_alternative("constants", replace=[("last.weight.zero_()", "nn.init.constant_(last.weight, 0)"), ("last.bias.zero_()", "nn.init.constant_(last.bias, 0)")])

edit(
    "bias-forgotten",
    "Leaves the bias of the last layer as it is.",
    hint="With a weight of 0 the bias still comes out.",
    replace=("last.bias.zero_()", "pass"),
)
edit(
    "weight-forgotten",
    "Leaves the weight of the last layer as it is.",
    hint="With a bias of 0 the weight still lets the path's numbers through.",
    replace=("last.weight.zero_()", "pass"),
)


@mistake(
    "everything",
    "Changes layers that should stay as they are.",
    hint="Only the last layer of the path: `block.path[-1]`.",
)
def everything(block):
    for parameter in block.parameters():
        nn.init.zeros_(parameter)


@mistake(
    "last-weights",
    "Changes the last convolution or linear layer, not the last layer.",
    hint="In the block of convolutions the last layer is a normalisation. It makes up for small weights, and its own shift still comes out.",
)
def last_weights(block):
    for layer in list(block.path)[::-1]:
        if isinstance(layer, nn.Linear | nn.Conv2d):
            for parameter in layer.parameters():
                nn.init.zeros_(parameter)
            return


@mistake(
    "frozen",
    "Makes the parameters untrainable.",
    hint="They are changed in place, under `no_grad`, and go on requiring a gradient.",
)
def frozen(block):
    for parameter in block.path[-1].parameters():
        parameter.requires_grad_(False)
        parameter.zero_()


@mistake(
    "identity-weights",
    "Makes the last layer the identity, so that the path still gives something.",
    hint="The block adds the path to X. What must come out of the path, so that X remains?",
)
def identity_weights(block):
    last = block.path[-1]
    with torch.no_grad():
        last.weight.copy_(torch.eye(len(last.weight)) if last.weight.dim() == 2 else torch.ones_like(last.weight))
        last.bias.zero_()


@check("nothing is returned", part="identity")
def returns_nothing(got, ref, inputs):
    return None if got["result"] is None else Finding("The function works in place, and returns None.", name="returns-something")
