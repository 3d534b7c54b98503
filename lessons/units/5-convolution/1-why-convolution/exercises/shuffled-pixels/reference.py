"""Pixels in another order, weights that follow them, and a deep network that does not mind."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, script


def shuffle(images, order):
    return images.reshape(len(images), -1)[:, order].view_as(images)


def restore(images, order):
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order))
    return shuffle(images, back)


def move_weights(W, order):
    return W.index_select(1, order)


def train_shuffled(X, Y, order):
    return trained(X.index_select(1, order), Y)


def trained(X, Y, steps=150, hidden=(64, 32)):
    layers, inputs = [], X.shape[1]
    for units in hidden:
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        inputs = units
    model = nn.Sequential(*layers, nn.Linear(inputs, 5))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(X), Y).backward()
        optimizer.step()
    return model


SIZES = ((11, 5, 6), (1, 3, 7), (11, 6, 6), (3, 1, 9))


@cases("shuffle")
def pictures(rng: Rng):
    for n, h, w in SIZES:
        yield case(images=rng.uniform(n, h, w), order=rng.permutation(h * w), label=f"{n} picture{'s' if n > 1 else ''}, {h} x {w}")


@cases("restore")
def shuffled_pictures(rng: Rng):
    for n, h, w in SIZES:
        yield case(images=rng.uniform(n, h, w), order=rng.permutation(h * w), label=f"{n} picture{'s' if n > 1 else ''}, {h} x {w}")


@cases("weights")
def layers(rng: Rng):
    for m, d in ((5, 21), (3, 7), (1, 6)):
        yield case(W=rng.normal(m, d), order=rng.permutation(d), label=f"{m} output{'s' if m > 1 else ''}, {d} pixels")


def drawn(rng, n, patterns):
    labels = rng.integers(0, 5, n)
    return (patterns[labels] + rng.normal(n, patterns.shape[1], std=0.35)).clamp(0, 1), labels


SAME, PLAIN, LINE = "shuffled alike", "not shuffled", "two pictures, their sum, and nothing"


@cases("train")
def trainings(rng: Rng):
    patterns, order = (rng.uniform(5, 77) < 0.4).float(), rng.permutation(77)
    X, Y = drawn(rng, 300, patterns)
    new, labels = drawn(rng, 200, patterns)
    s = script("five classes", weight=0, truth=labels)
    model = s.call("train_shuffled", X, Y, order, label="network", compare=False)
    s.eval(model)
    s.ask(model, new[:, order], label=SAME)
    s.ask(model, new, label=PLAIN)
    s.ask(model, torch.stack([a := rng.uniform(77), b := rng.uniform(77), a + b, torch.zeros(77)]), label=LINE)
    s.observe(model, "parameters", label="what it holds", compare=False)
    yield s


def shares(got, inputs):
    """The shares that are right, shuffled alike and not shuffled; None where there are no scores."""
    if any(not isinstance(got[one], torch.Tensor) or got[one].shape != (200, 5) for one in (SAME, PLAIN)):
        return None
    return [(got[one].argmax(1) == inputs["truth"]).double().mean().item() for one in (SAME, PLAIN)]


NO_SCORES = Finding("The network gives no five scores for each picture.", name="no-scores")


@check("85 % of shuffled pictures are right", part="train")
def learned(got, ref, inputs):
    found = shares(got, inputs)
    if found is None:
        return NO_SCORES
    if found[0] >= 0.85:
        return None
    name = "not-shuffled" if found[1] >= 0.85 else "not-learned"
    return Finding(f"{found[0]:.0%} of the pictures that were shuffled alike are right.", name=name, expected="85 % or more", got=f"{found[0]:.1%}")


@check("at most 60 % are right as they are", part="train")
def only_shuffled(got, ref, inputs):
    found = shares(got, inputs)
    if found is None:
        return NO_SCORES
    if found[1] <= 0.6:
        return None
    return Finding(f"{found[1]:.0%} of the pictures as they are are right.", name="not-shuffled", expected="60 % or less", got=f"{found[1]:.1%}")


@check("there are activations between the layers", part="train")
def bent(got, ref, inputs):
    found = got[LINE]
    if not isinstance(found, torch.Tensor) or found.shape != (4, 5):
        return NO_SCORES
    one, another, both, nothing = found.double()
    if not torch.allclose(both - another, one - nothing, rtol=1e-3, atol=1e-3 * float(found.abs().max())):
        return None
    hint = "What is a linear function of a linear function? Put a ReLU between any two layers."
    return Finding("The scores are a linear function of the pixels: nothing bends between the layers.", name="no-activation", hint=hint)


@check("two hidden layers or more", part="train", observation=True)
def deep(got, ref, inputs):
    sizes = inputs["observed"]["what it holds"]["parameters"]
    matrices = [one for one in sizes if len(one) == 2]
    return None if len(matrices) >= 3 else Finding("The network has fewer than two hidden layers.", name="flat", hint="Three linear layers or more, with a ReLU between any two.")


# --- shuffling ----------------------------------------------------------------------------------------------------


@alternative(part="shuffle")
def by_flatten(images, order):
    return images.flatten(1)[:, order].reshape(images.shape)


@alternative(part="shuffle")
def by_rows_and_columns(images, order):
    w = images.shape[2]
    return images[:, order // w, order % w].reshape(images.shape)


@alternative(part="shuffle")
def by_gather(images, order):
    flat = images.flatten(1)
    return torch.gather(flat, 1, order.expand(flat.shape)).view(images.shape)


@alternative(part="shuffle")
def one_by_one(images, order):
    return torch.stack([one.flatten()[order].view(one.shape) for one in images])


edit_alternative("take-along", part="shuffle", replace=("[:, order]", ".index_select(1, order)"))

edit(
    "the-other-way",
    "Puts pixel i at the place order[i].",
    hint="Pixel i of the result is pixel order[i] of the picture, and not the other way round.",
    part="shuffle",
    replace=("[:, order]", "[:, torch.argsort(order)]"),
)
edit(
    "shape-lost",
    "Leaves the pictures flat.",
    hint="The result has the size of `images`.",
    part="shuffle",
    replace=(".view_as(images)", ""),
)


@mistake("rows-only", "Shuffles whole rows.", hint="All pixels are shuffled, not rows: flatten the pictures first.", part="shuffle")
def rows_only(images, order):
    return images[:, order[order < images.shape[1]]]


@mistake(
    "pictures-exchanged",
    "Puts the pictures in another order, and not their pixels.",
    hint="The first dimension are the pictures. Flatten each of them, and index the dimension of the pixels: `[:, order]`.",
    part="shuffle",
    when=lambda got, ref, inputs: "out of bounds for dimension 0" in inputs["raised"],
)
def pictures_exchanged(images, order):
    return images[order]


edit(
    "column-by-column",
    "Counts the pixels column by column.",
    hint="Row by row: `reshape(len(images), -1)` of the pictures as they are.",
    part="shuffle",
    replace=("images.reshape(len(images), -1)[:, order].view_as(images)", "images.mT.reshape(len(images), -1)[:, order].reshape(images.mT.shape).mT.contiguous()"),
)


@mistake("new-order", "Draws an order of its own.", hint="Use the permutation that is handed in.", part="shuffle", when=lambda got, ref, inputs: got.flatten().sort().values.equal(ref.flatten().sort().values))
def new_order(images, order):
    return images.flatten(1)[:, torch.randperm(len(order))].view_as(images)


# --- and back -----------------------------------------------------------------------------------------------------


@alternative(part="restore")
def by_argsort(images, order):
    return images.flatten(1)[:, order.argsort()].reshape(images.shape)


@alternative(part="restore")
def put_back(images, order):
    result = torch.empty_like(images.flatten(1))
    result[:, order] = images.flatten(1)
    return result.view(images.shape)


@alternative(part="restore")
def by_sort(images, order):
    return shuffle(images, torch.sort(order).indices)


@alternative(part="restore")
def scattered(images, order):
    flat = images.flatten(1)
    return torch.zeros_like(flat).scatter(1, order.expand(flat.shape), flat).view_as(images)


@alternative(part="restore")
def looked_up(images, order):
    place = {number: i for i, number in enumerate(order.tolist())}
    return images.flatten(1)[:, [place[i] for i in range(len(place))]].view_as(images)


edit(
    "shuffled-again",
    "Shuffles once more.",
    hint="Shuffling twice with the same permutation leads nowhere in particular. Which permutation undoes it?",
    part="restore",
    replace=("shuffle(images, back)", "shuffle(images, order)"),
)
edit(
    "backwards",
    "Reverses the permutation instead of inverting it.",
    hint="The inverse says for each number where it stands in `order`.",
    part="restore",
    replace=("shuffle(images, back)", "shuffle(images, order.flip(0))"),
)
edit(
    "sorted",
    "Takes the sorted numbers for the inverse.",
    hint="`sort` gives the numbers in order; where they came from is what `argsort` says.",
    part="restore",
    replace=("shuffle(images, back)", "shuffle(images, order.sort().values)"),
)


# --- weights ------------------------------------------------------------------------------------------------------


@alternative(part="weights")
def indexed(W, order):
    return W[:, order]


@alternative(part="weights")
def with_a_matrix(W, order):
    return W @ torch.eye(len(order), dtype=W.dtype)[:, order]


@alternative(part="weights")
def by_transposes(W, order):
    return W.T[order].T


@alternative(part="weights")
def column_by_column(W, order):
    return torch.stack([W[:, i] for i in order.tolist()], dim=1)


edit_alternative("by-take-along-dim", part="weights", replace=("W.index_select(1, order)", "torch.take_along_dim(W, order[None], dim=1)"))

edit(
    "inverse",
    "Moves the columns the other way.",
    hint="Place i now holds pixel order[i]. Which weight has to be there?",
    part="weights",
    replace=("W.index_select(1, order)", "W.index_select(1, order.argsort())"),
)
edit(
    "not-moved",
    "Leaves the weights as they are.",
    hint="Each weight belongs to a pixel. The pixels have moved.",
    part="weights",
    replace=("W.index_select(1, order)", "W.clone()"),
)


# --- training -----------------------------------------------------------------------------------------------------

edit_alternative("wider", part="train", replace=("order), Y)", "order), Y, hidden=(100, 50))"))
edit_alternative("three-hidden-layers", part="train", replace=("order), Y)", "order), Y, hidden=(64, 48, 32))"))
edit_alternative("longer", part="train", replace=("order), Y)", "order), Y, steps=250)"))
edit_alternative("first-shuffled", part="train", replace=("X.index_select(1, order)", "shuffle(X[:, None], order)[:, 0]"))


@alternative(part="train")
def in_mini_batches(X, Y, order):
    model = nn.Sequential(nn.Linear(X.shape[1], 80), nn.ReLU(), nn.Linear(80, 40), nn.ReLU(), nn.Linear(40, 5))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(25):
        for places in torch.randperm(len(X)).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(X[places][:, order]), Y[places]).backward()
            optimizer.step()
    return model


def told(test):
    """Whether the two shares are as `test` has it."""
    return lambda got, ref, inputs: not inputs["raised"] and shares(got, inputs) is not None and test(*shares(got, inputs))


edit(
    "not-shuffled",
    "Trains on pictures that are not shuffled.",
    hint="Shuffle the training pictures with `order`, before the first step.",
    part="train",
    replace=("X.index_select(1, order)", "X"),
    when=told(lambda same, plain: plain >= 0.85 > same),
)


@mistake(
    "new-order-each-time",
    "Either draws new permutations, or trains too little.",
    hint="Use `order`, the same for all pictures and all steps; and a few hundred steps.",
    part="train",
    when=told(lambda same, plain: same < 0.85 and plain < 0.85),
)
def new_order_each_time(X, Y, order):
    return trained(X[:, torch.randperm(len(order))], Y)


edit(
    "one-hidden-layer",
    "Has one hidden layer only, or none.",
    hint="Three linear layers or more, with a ReLU between any two.",
    part="train",
    replace=("order), Y)", "order), Y, hidden=(64,))"),
    when=lambda got, ref, inputs: not inputs["raised"] and sum(len(one) == 2 for one in inputs["observed"]["what it holds"]["parameters"]) < 3,
)
