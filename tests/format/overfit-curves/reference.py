import torch

from grader.spec import Finding, Rng, alternative, cases, check, falls, mistake, overfits, script


def curves(train, test, epochs=60, rate=0.05):
    (x, y), (u, v) = train, test
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(x.shape[1], 64), torch.nn.ReLU(), torch.nn.Linear(64, 2))
    optimiser = torch.optim.Adam(net.parameters(), lr=rate)
    found = {"train": [], "test": []}
    cost = torch.nn.functional.cross_entropy
    for _ in range(epochs):
        with torch.no_grad():
            found["train"].append(float(cost(net(x), y)))
            found["test"].append(float(cost(net(u), v)))
        optimiser.zero_grad()
        cost(net(x), y).backward()
        optimiser.step()
    return found


def sample(rng, count):
    return rng.normal(count, 20), rng.integers(0, 2, count)


@cases
def noise(rng: Rng):
    s = script("labels without a rule")
    s.call("curves", sample(rng, 30), sample(rng, 200), label="curves", compare=False)
    yield s


@check("two series of the same length, ten epochs or more")
def series(got, ref, inputs):
    found = got["curves"]
    if sorted(found) != ["test", "train"] or len(found["train"]) != len(found["test"]):
        return Finding("Two series of one length are expected: train and test.", name="series")
    if len(found["train"]) < 10:
        return Finding(f"{len(found['train'])} epochs are too few to see it.", name="short")


@check("the training cost falls")
def training_falls(got, ref, inputs):
    return falls(got["curves"]["train"], to=0.3, what="the training cost")


@check("the training cost falls to zero")
def to_zero(got, ref, inputs):
    return overfits(got["curves"]["train"], below=0.1)


@check("the test cost rises again")
def rises(got, ref, inputs):
    test = got["curves"]["test"]
    if test[-1] < 1.5 * min(test):
        return Finding("The test cost does not rise to 1.5 times its minimum.", name="no-rise")


@alternative
def tensors(train, test):
    found = curves(train, test, epochs=90, rate=0.03)
    return {"test": found["test"], "train": found["train"]}


@mistake(
    "same-set",
    "Tests on the training set.",
    hint="Are the two sets disjoint?",
    when=lambda got, ref, inputs: got["curves"]["train"] == got["curves"]["test"],
)
def same_set(train, test):
    return curves(train, train)


@mistake(
    "accuracy",
    "Draws accuracy.",
    hint="Cost shows it better: accuracy saturates.",
    when=lambda got, ref, inputs: got["curves"]["train"][-1] > 0.99,
)
def accuracy(train, test):
    return {"train": [0.5] * 10 + [1.0], "test": [0.5] * 11}
