"""The same training with mini-batches of different sizes: steps, time, and what comes of it.

What is reported is held against the models themselves, which are asked about pictures that they have not seen.
"""

import math
import time

import torch
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, measured, mistake, script

NAMES = {"batch_size", "steps", "seconds", "train_loss", "train_acc", "test_acc"}
TRAIN, TEST, FRESH = 610, 230, 150
"""Not divisible by the sizes that are tried. The fresh ones reach the learner's process when all is trained, among
those of the test set."""


def compare_batch_sizes(sizes, epochs, train_set, test_set):
    return compared(sizes, epochs, train_set, test_set)


def network():
    return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(784, 10), torch.nn.LogSoftmax(dim=1))


def compared(sizes, epochs, train_set, test_set, fresh=network):
    images, labels = train_set[:]
    others, truth = test_set[:]
    rows = []
    for size in sizes:
        model, steps, start = fresh(), 0, time.perf_counter()
        for _ in range(epochs):
            for places in torch.randperm(len(images)).split(size):
                model.zero_grad()
                torch.nn.functional.nll_loss(model(images[places]), labels[places]).backward()
                with torch.no_grad():
                    for parameter in model.parameters():
                        parameter -= 0.1 * parameter.grad
                steps += 1
        seconds = time.perf_counter() - start
        with torch.no_grad():
            output = model(images)
            rows.append(
                {
                    "batch_size": size,
                    "model": model,
                    "steps": steps,
                    "seconds": seconds,
                    "train_loss": torch.nn.functional.nll_loss(output, labels).item(),
                    "train_acc": (output.argmax(1) == labels).float().mean().item(),
                    "test_acc": (model(others).argmax(1) == truth).float().mean().item(),
                }
            )
        live.log({"test accuracy": rows[-1]["test_acc"]}, step=len(rows))
    return rows


def pictures(rng: Rng, n, patterns, wrong):
    """Ten patterns, each in another strength and with noise; a share of the labels is wrong."""
    labels = rng.integers(0, 10, n).sort().values  # class by class, so that it shows who does not shuffle
    images = patterns[labels] * rng.uniform(n, 1, 1, 1) + rng.normal(n, 1, 28, 28, std=0.3)
    labels = torch.where(rng.uniform(n) < wrong, rng.integers(0, 10, n), labels)
    return images.clamp(0, 1), labels


def played(rng: Rng, label, sizes, epochs):
    patterns, wrong = (rng.uniform(10, 1, 28, 28) < 0.1).float(), rng.uniform(high=0.2)
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script(label, weight=0, sizes=sizes, epochs=epochs)
    train, test, fresh = (pictures(rng, n, patterns, share) for n, share in ((TRAIN, wrong), (TEST, wrong), (FRESH, 0)))
    sets = [s.spy(fixture("data_set"), *one) for one in (train, test)]
    rows = s.call("compare_batch_sizes", sizes, epochs, *sets, label="rows", compare=False)
    order = rng.permutation(TEST + FRESH)
    for number, size in enumerate(sizes):
        model = s.spy(fixture("model_of"), rows, number)
        s.ask(model, torch.cat([test[0], fresh[0]])[order], label=f"model of size {size}")
        if size == 20 and label == FOUR_EPOCHS:
            s.ask(model, train[0], label=TRAINED_ON)
    s.inputs |= {"truth of the training set": train[1]}
    s.inputs |= {"order": order, "truth of the test set": test[1], "truth of new pictures": fresh[1]}
    if label == ONE:
        s.call("compare_batch_sizes", sizes, epochs, *sets, label="again", compare=False)
    return s


SMALL_FIRST, FOUR_EPOCHS, ONE = "sizes 4, 20 and 300", "sizes 20 and 7, four epochs", "sizes 250 and 1"
TRAINED_ON = "model of size 20 on the training set"


@cases("compare")
def comparisons(rng: Rng):
    yield played(rng, SMALL_FIRST, [4, 20, 300], 1)
    yield played(rng, FOUR_EPOCHS, [20, 7], 4)
    yield played(rng, ONE, [250, 1], 1)


def number(value):
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        value = value.item()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan


def in_form(got, inputs, run="rows"):
    rows = got[run]
    return (
        isinstance(rows, list)
        and len(rows) == len(inputs["sizes"])
        and all(isinstance(row, dict) and set(row) >= NAMES | {"model"} for row in rows)
        and all(math.isfinite(number(row[name])) for row in rows for name in NAMES)
    )


def wanted(inputs):
    return [inputs["epochs"] * math.ceil(TRAIN / size) for size in inputs["sizes"]]


def column(got, name, run="rows"):
    return [number(row[name]) for row in got[run]]


def said(got, name):
    return ", ".join(f"{value:.4g}" for value in column(got, name))


def outputs(got, inputs, size):
    """The model's logarithms for the test set and for the new pictures; None where they are none."""
    given = got[f"model of size {size}"]
    if not isinstance(given, torch.Tensor) or given.shape != (TEST + FRESH, 10):
        return None
    if not torch.allclose(given.double().exp().sum(1), torch.ones(len(given), dtype=torch.float64), atol=1e-3):
        return None
    there = torch.empty_like(given)
    there[inputs["order"]] = given
    return there[:TEST], there[TEST:]


def share(output, labels):
    return (output.argmax(1) == labels).double().mean().item()


UNREADABLE = Finding("This can only be said of a list of dicts with a number for each name.")


@check("a dict for each size, in their order", part="compare")
def form(got, ref, inputs):
    if in_form(got, inputs) and column(got, "batch_size") == inputs["sizes"]:
        return None
    names = f"a number for each of {sorted(NAMES)}"
    return Finding(f"A list with a dict for each size is expected, with the model and {names}.", name="form")


@check("the number of updates", part="compare")
def updates(got, ref, inputs):
    if not in_form(got, inputs):
        return UNREADABLE
    if column(got, "steps") == wanted(inputs):
        return None
    return Finding(
        f"For {TRAIN} pictures there are {inputs['epochs']} times {TRAIN} / size updates, rounded up.",
        name="steps",
        expected=", ".join(map(str, wanted(inputs))),
        got=said(got, "steps"),
    )


@check("logarithms of ten probabilities from each model", part="compare")
def logarithms(got, ref, inputs):
    if all(outputs(got, inputs, size) for size in inputs["sizes"]):
        return None
    return Finding(f"For {TEST + FRESH} pictures the model gives no logarithms of ten probabilities.", "no-output")


def cost_of_the_last(got, inputs):
    """Of the model with the largest mini-batches, on new pictures."""
    _, output = outputs(got, inputs, inputs["sizes"][-1])
    return torch.nn.functional.nll_loss(output, inputs["truth of new pictures"]).item()


@check("each size starts afresh", part="compare", only=SMALL_FIRST)
def begins_anew(got, ref, inputs):
    cost = cost_of_the_last(got, inputs)
    if cost > 1.8:
        return None
    return Finding(
        f"With mini-batches of 300 there are three updates, and the cost on new pictures is {cost:.2f} already.",
        name="continued",
    )


@check("new pictures are told apart as well as expected", part="compare", weight=2)
def as_expected(got, ref, inputs):
    for size in inputs["sizes"]:
        mine, other = (share(outputs(one, inputs, size)[1], inputs["truth of new pictures"]) for one in (got, ref))
        if 1 < size < 100 and abs(mine - other) > 0.25:
            return Finding(
                f"Trained with mini-batches of {size}, the model is right about {mine:.0%} of new pictures.",
                name="out-of-band",
                expected=f"about {other:.0%}",
                got=f"{mine:.0%}",
            )
    return None


@check("the accuracy on the test set is the model's", part="compare")
def as_reported(got, ref, inputs):
    if not in_form(got, inputs):
        return UNREADABLE
    for size, said in zip(inputs["sizes"], column(got, "test_acc"), strict=True):
        own = share(outputs(got, inputs, size)[0], inputs["truth of the test set"])
        if abs(said - own) > 0.0006 + 0.5 / TEST:
            return Finding(
                f"The model that was trained with mini-batches of {size} gets a different share of the test set right.",
                name="not-the-models",
                expected=f"{own:.4f}",
                got=f"{said:.4f}",
            )
    return None


def of_the_training_set(got, inputs):
    """Cost and accuracy of the model of size 20 on the pictures that it was trained on, four times."""
    output, labels = got[TRAINED_ON], inputs["truth of the training set"]
    return torch.nn.functional.nll_loss(output, labels).item(), share(output, labels)


@check("train_loss and train_acc are those of the last epoch", part="compare", only=FOUR_EPOCHS)
def of_the_last_epoch(got, ref, inputs):
    if not in_form(got, inputs):
        return UNREADABLE
    cost, right = of_the_training_set(got, inputs)
    for name, own, near in (("train_loss", cost, 0.2), ("train_acc", right, 0.15)):
        reported = column(got, name)[0]
        if not abs(reported - own) <= near:
            return Finding(
                f"After four epochs with mini-batches of 20 `{name}` is far from what the model gets on the training set.",
                name="not-the-last-epoch",
                expected=f"about {own:.3f}",
                got=f"{reported:.3f}",
                hint="Is it a mean over all samples of the *last* epoch? Begin to add up anew in each epoch.",
            )
    return None


@check("the seconds fit into the call that measured them", part="compare", observation=True)
def as_seen_from_outside(got, ref, inputs):
    if not in_form(got, inputs):
        return UNREADABLE
    return measured({"seconds": sum(column(got, "seconds"))}, inputs["seconds"]["rows"])


@check("a share of all samples of the test set", part="compare")
def share_of_all(got, ref, inputs):
    if not in_form(got, inputs):
        return UNREADABLE
    counts = [share * TEST for share in column(got, "test_acc")]
    wrong = [count / TEST for count in counts if not math.isclose(count, round(count), abs_tol=0.02)]
    if not wrong:
        return None
    return Finding(f"{wrong[0]:.5f} times {TEST} is not a number of samples.", name="no-share")


@check("single samples take longer than mini-batches of 250", part="compare", only=ONE, observation=True)
def slower(got, ref, inputs):
    if not all(in_form(got, inputs, run) for run in ("rows", "again")):
        return UNREADABLE
    # the better of the two runs: on a busy machine three steps may wait longer than 610 work
    if any(0 < large < single for large, single in (column(got, "seconds", run) for run in ("rows", "again"))):
        return None
    return Finding("By your measurements single samples take no longer.", name="not-slower", got=said(got, "seconds"))


# --- other right ones ---------------------------------------------------------------------------------------------


def with_loaders(sizes, epochs, train_set, test_set, test_share=None, continued=None, shuffle=True):
    rows = []
    for size in sizes:
        model = continued or network()
        loader = torch.utils.data.DataLoader(train_set, batch_size=size, shuffle=shuffle)
        optimizer, loss_function = torch.optim.SGD(model.parameters(), lr=0.1), torch.nn.NLLLoss()
        steps, begin = 0, time.time()
        for _ in range(epochs):
            loss, right = 0.0, 0
            for images, labels in loader:
                optimizer.zero_grad()
                output = model(images)
                cost = loss_function(output, labels)
                cost.backward()
                optimizer.step()
                steps += 1
                loss += cost.item() * len(labels)
                right += (output.argmax(1) == labels).sum().item()
        row = {"batch_size": size, "model": model, "steps": steps, "seconds": time.time() - begin}
        row |= {"train_loss": loss / len(train_set), "train_acc": right / len(train_set)}
        rows.append(row | {"test_acc": (test_share or all_of_it)(model, test_set)})
    return rows


@torch.no_grad()
def all_of_it(model, test_set):
    right = 0
    for images, labels in torch.utils.data.DataLoader(test_set, batch_size=64):
        right += int((model(images).argmax(dim=1) == labels).sum())
    return right / len(test_set)


@alternative
def with_data_loaders(sizes, epochs, train_set, test_set):
    return with_loaders(sizes, epochs, train_set, test_set)


@alternative
def numbers_as_tensors(sizes, epochs, train_set, test_set):
    rows = compared(sizes, epochs, train_set, test_set)
    return [row | {name: torch.tensor(row[name]) for name in ("train_loss", "train_acc", "test_acc")} for row in rows]


@alternative
def steps_computed(sizes, epochs, train_set, test_set):
    rows = with_loaders(sizes, epochs, train_set, test_set)
    return [row | {"steps": epochs * -(-len(train_set) // row["batch_size"]), "device": "cpu"} for row in rows]


@alternative
def function_for_one(sizes, epochs, train_set, test_set):
    return [compared([size], epochs, train_set, test_set)[0] for size in sizes]


@alternative
def of_logits(sizes, epochs, train_set, test_set):
    class Flat(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = torch.nn.Linear(28 * 28, 10)

        def forward(self, x):
            return torch.log_softmax(self.linear(x.flatten(start_dim=1)), dim=1)

    return compared(sizes, epochs, train_set, test_set, fresh=Flat)


# --- wrong ones ---------------------------------------------------------------------------------------------------


@mistake(
    "other-form",
    "Returns something other than a dict for each size.",
    hint="A list of dicts, one for each size, with the six names of the task.",
    when=lambda got, ref, inputs: not in_form(got, inputs),
)
def other_form(sizes, epochs, train_set, test_set):
    return {size: compared([size], epochs, train_set, test_set)[0] for size in sizes}


@mistake(
    "continued",
    "Carries the same model on from size to size.",
    hint="The second size begins with what the first one learned. Make a new model for each.",
    when=lambda got, ref, inputs: len(inputs["sizes"]) == 3 and cost_of_the_last(got, inputs) <= 1.8,
)
def continued(sizes, epochs, train_set, test_set):
    return with_loaders(sizes, epochs, train_set, test_set, continued=network())


edit(
    "last-one-dropped",
    "Leaves out the last, smaller mini-batch.",
    hint="You round down: the last mini-batch is smaller, but makes a step too.",
    of=compared,
    replace=(".split(size):", ".split(size)[: len(images) // size]:"),
    when=lambda got, ref, inputs: column(got, "steps") == [inputs["epochs"] * (TRAIN // n) for n in inputs["sizes"]],
)


@mistake(
    "steps-of-one-epoch",
    "Makes or counts the steps of one epoch only.",
    hint="There is more than one epoch. All their updates must be made, and counted.",
    when=lambda got, ref, inputs: inputs["epochs"] > 1
    and column(got, "steps") == [n / inputs["epochs"] for n in wanted(inputs)],
)
def steps_of_one_epoch(sizes, epochs, train_set, test_set):
    rows = compared(sizes, epochs, train_set, test_set)
    return [row | {"steps": row["steps"] // epochs} for row in rows]


@mistake(
    "percent",
    "Gives percent.",
    hint="An accuracy is a share, from 0 to 1. Yours goes up to 100.",
    when=lambda got, ref, inputs: max(column(got, "test_acc")) > 1,
)
def percent(sizes, epochs, train_set, test_set):
    rows = compared(sizes, epochs, train_set, test_set)
    return [row | {"test_acc": 100 * row["test_acc"]} for row in rows]


@mistake(
    "mean-of-shares",
    "Gives a share that no number of samples has, as a mean over mini-batches of different sizes is.",
    hint="The last mini-batch of the test set is smaller. Count the right ones, and divide by all of them.",
    when=lambda got, ref, inputs: share_of_all(got, ref, inputs) is not None,
)
def mean_of_shares(sizes, epochs, train_set, test_set):
    @torch.no_grad()
    def test_share(model, test_set):
        loader = torch.utils.data.DataLoader(test_set, batch_size=64)
        shares = [(model(images).argmax(1) == labels).float().mean().item() for images, labels in loader]
        return sum(shares) / len(shares)

    return with_loaders(sizes, epochs, train_set, test_set, test_share=test_share)


@mistake(
    "not-shuffled",
    "Takes the samples in the order of the data set.",
    hint="Where a set is sorted by class, the model sees one class at a time and forgets the others. `shuffle=True`.",
    when=lambda got, ref, inputs: (
        outputs(got, inputs, 20)[1].argmax(1).bincount(minlength=10).max() > 0.45 * FRESH
    ),
)
def not_shuffled(sizes, epochs, train_set, test_set):
    return with_loaders(sizes, epochs, train_set, test_set, shuffle=False)


edit(
    "all-epochs-averaged",
    "Averages the cost over all epochs.",
    hint="The numbers of the last epoch are wanted. Set the sums back to 0 at the beginning of each epoch.",
    of=with_loaders,
    replace=[
        ("        for _ in range(epochs):\n            loss, right = 0.0, 0\n", "        loss, right = 0.0, 0\n        for _ in range(epochs):\n"),
        ("loss / len(train_set)", "loss / epochs / len(train_set)"),
        ("right / len(train_set)", "right / epochs / len(train_set)"),
    ],
    when=lambda got, ref, inputs: (
        column(got, "train_loss")[0] > of_the_training_set(got, inputs)[0] + 0.2
    ),
)
edit(
    "never-updated",
    "Learns nothing: either the model is never changed, or its steps lead nowhere.",
    hint="About a tenth is right, as by chance. Does each iteration end with a step?",
    of=compared,
    replace=("0.1 * parameter.grad", "0.0 * parameter.grad"),
    when=lambda got, ref, inputs: max(column(got, "test_acc")) < 0.3,
)


@mistake(
    "one-time-for-all",
    "Gives the same time for all sizes.",
    hint="Each size has a time of its own. Restart the clock for each of them.",
    when=lambda got, ref, inputs: len(set(column(got, "seconds"))) == 1,
)
def one_time_for_all(sizes, epochs, train_set, test_set):
    start = time.perf_counter()
    rows = compared(sizes, epochs, train_set, test_set)
    seconds = time.perf_counter() - start
    return [row | {"seconds": seconds} for row in rows]


@mistake(
    "milliseconds",
    "Gives milliseconds instead of seconds.",
    hint="`perf_counter` and `time` give seconds. Leave the difference as it is.",
    when=lambda got, ref, inputs: (
        measured({"seconds": sum(column(got, "seconds"))}, inputs["seconds"]["rows"]) is not None
    ),
)
def milliseconds(sizes, epochs, train_set, test_set):
    rows = compared(sizes, epochs, train_set, test_set)
    return [row | {"seconds": 1000 * row["seconds"]} for row in rows]
