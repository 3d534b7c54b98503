"""Epochs of stochastic gradient descent, each followed by an evaluation on all of the test set."""

import torch
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, mistake, script

NAMES = ("train_loss", "train_acc", "test_loss", "test_acc")


def fit(model, train_loader, test_loader, epochs, lr):
    return run(model, train_loader, test_loader, epochs, lr)


def run(model, train_loader, test_loader, epochs, lr, train=None, evaluate=None):
    """The training, with one of its two passes replaced."""
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    result = {name: [] for name in NAMES}
    for epoch in range(epochs):
        passes = ((train or train_pass)(model, train_loader, optimiser), (evaluate or test_pass)(model, test_loader))
        for name, value in zip(NAMES, (*passes[0], *passes[1]), strict=True):
            result[name].append(value)
        live.log({"train/accuracy": result["train_acc"][-1], "test/accuracy": result["test_acc"][-1]}, step=epoch)
    return result


def cost_and_hits(model, images, labels):
    output = model(images.flatten(start_dim=1))
    return torch.nn.functional.nll_loss(output, labels), (output.argmax(dim=1) == labels).sum().item()


def train_pass(model, loader, optimiser):
    loss, right, seen = 0.0, 0, 0
    for images, labels in loader:
        optimiser.zero_grad()
        cost, hits = cost_and_hits(model, images, labels)
        cost.backward()
        optimiser.step()
        loss, right, seen = loss + cost.item() * len(labels), right + hits, seen + len(labels)
    return loss / seen, right / seen


@torch.no_grad()
def test_pass(model, loader):
    loss, right, seen = 0.0, 0, 0
    for images, labels in loader:
        cost, hits = cost_and_hits(model, images, labels)
        loss, right, seen = loss + cost.item() * len(labels), right + hits, seen + len(labels)
    return loss / seen, right / seen


def plain(result):
    """The lists as tensors, whether they hold numbers or tensors of one element; anything else as it is."""
    if not isinstance(result, dict) or set(result) != set(NAMES):
        return result
    return {name: as_vector(result[name]) for name in NAMES}


def as_vector(values):
    try:
        return torch.tensor([float(one) for one in values], dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        return values


def centres(rng: Rng, K, size):
    return rng.uniform(K, *size)


def pictures(rng: Rng, n, middle, spread=0.4):
    labels = rng.integers(0, len(middle), n)
    return middle[labels] + rng.normal(n, *middle.shape[1:], std=spread), labels


def played(rng: Rng, label, K, size, train, test, epochs, lr, spread=0.4):
    """A script that trains; the numbers of samples and the sizes of mini-batches come as pairs."""
    middle = centres(rng, K, size)
    held_out, truth = pictures(rng, 97, middle, spread)
    s = script(label, rtol=2e-4, atol=2e-4, canonical=plain, truth=truth, rows=train[0] * epochs)
    inputs = torch.Size(size).numel()
    model = s.spy(fixture("network"), rng.normal(K, inputs, std=0.1), rng.normal(K, std=0.1))
    loaders = [
        s.spy(fixture("loader"), *pictures(rng, n, middle, spread), m, seed)
        for (n, m), seed in ((train, rng.integers(0, 10**6)), (test, -1))
    ]
    s.call("fit", model, *loaders, epochs, lr, label="fit")
    s.state_dict(model)
    s.attribute(model, "tracked", compare=False)
    s.attribute(model, "predicting", compare=False)
    if label == LEARNS:
        s.ask(model, held_out.flatten(1))
    return s


LEARNS = "four classes, five epochs"


@cases("fit")
def trainings(rng: Rng):
    yield played(rng, "three classes, one epoch", 3, (1, 6, 5), (53, 8), (23, 10), 1, 0.1)
    yield played(rng, "five classes, three epochs", 5, (1, 3, 7), (41, 16), (31, 12), 3, 0.4)
    yield played(rng, LEARNS, 4, (1, 7, 5), (300, 20), (61, 25), 5, 0.3, 0.25)


@check("nothing is recorded during the evaluation", part="fit", observation=True)
def no_graph(got, ref, inputs):
    if isinstance(got[".tracked"], int) and got[".tracked"] <= inputs["rows"]:
        return None
    return Finding("A graph was recorded for more rows than were trained on.", name="graph-in-evaluation")


@check("every epoch trains in training mode", part="fit", observation=True)
def trains_in_training_mode(got, ref, inputs):
    if no_graph(got, ref, inputs) is not None or got[".predicting"] == 0:
        return None
    return Finding("After an evaluation the model was trained on in prediction mode.", name="left-in-prediction-mode")


@check("nine in ten of the pictures it has not seen are right", part="fit", only=LEARNS)
def learns(got, ref, inputs):
    output = got["held-out"]
    if not isinstance(output, torch.Tensor) or output.shape != ref["held-out"].shape:
        return Finding("The model no longer gives its output.")
    share = float((output.argmax(1) == inputs["truth"]).double().mean())
    if share >= 0.9:
        return None
    return Finding(f"After training {share:.0%} are right.", name="not-learned", expected="90% or more", got=f"{share:.0%}")


# --- other right ones ---------------------------------------------------------------------------------------------


@alternative
def with_cross_entropy(model, train_loader, test_loader, epochs, lr):
    """log_softmax of logarithms of probabilities changes nothing."""
    loss_function, result = torch.nn.CrossEntropyLoss(reduction="sum"), {name: [] for name in NAMES}
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)

    def through(loader, step):
        total, right = torch.zeros(()), torch.zeros(())
        for images, labels in loader:
            output = model(images.flatten(1))
            cost = loss_function(output, labels)
            if step:
                optimizer.zero_grad()
                (cost / len(labels)).backward()
                optimizer.step()
            total += cost.detach()
            right += (output.argmax(1) == labels).sum()
        return total / len(loader.dataset), right / len(loader.dataset)

    for _ in range(epochs):
        train = through(train_loader, True)
        with torch.inference_mode():
            test = through(test_loader, False)
        for name, value in zip(NAMES, (*train, *test), strict=True):
            result[name].append(value)
    return result


@alternative
def by_hand(model, train_loader, test_loader, epochs, lr):
    history = {name: [] for name in NAMES}
    for _ in range(epochs):
        costs, hits = [], []
        for images, labels in train_loader:
            model.zero_grad()
            logs = model(torch.flatten(images, start_dim=1))
            each = -logs[torch.arange(len(labels)), labels]
            each.mean().backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= lr * parameter.grad
            costs.append(each.detach())
            hits.append(logs.detach().argmax(1) == labels)
        history["train_loss"].append(torch.cat(costs).mean().item())
        history["train_acc"].append(torch.cat(hits).float().mean().item())
        with torch.no_grad():
            batches = [(model(images.flatten(1)), labels) for images, labels in test_loader]
            logs, labels = (torch.cat(parts) for parts in zip(*batches, strict=True))
        history["test_loss"].append(torch.nn.functional.nll_loss(logs, labels).item())
        history["test_acc"].append((logs.argmax(1) == labels).float().mean().item())
    return history


@alternative
def optimiser_made_anew(model, train_loader, test_loader, epochs, lr):
    """Harmless for plain SGD, which remembers nothing."""
    result = {name: [] for name in NAMES}
    for _ in range(epochs):
        one = run(model, train_loader, test_loader, 1, lr)
        for name in NAMES:
            result[name] += one[name]
    return result


@alternative
def with_modes(model, train_loader, test_loader, epochs, lr):
    loss_function, optimizer = torch.nn.NLLLoss(), torch.optim.SGD(model.parameters(), lr)
    train_loss, train_acc, test_loss, test_acc = [], [], [], []
    for _ in range(epochs):
        model.train()
        losses, rights, counts = [], [], []
        for x, t in train_loader:
            output = model(x.reshape(len(x), -1))
            loss = loss_function(output, t)
            optimizer.zero_grad(set_to_none=False)
            loss.backward()
            optimizer.step()
            losses.append(loss.item() * len(t))
            rights.append((output.argmax(-1) == t).sum().item())
            counts.append(len(t))
        train_loss.append(sum(losses) / sum(counts))
        train_acc.append(sum(rights) / sum(counts))
        model.eval()
        one, other = test_pass(model, test_loader)
        test_loss.append(one)
        test_acc.append(other)
    return dict(train_loss=train_loss, train_acc=train_acc, test_loss=test_loss, test_acc=test_acc)


@alternative
def with_views(model, train_loader, test_loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    metrics = torch.zeros(4, epochs, dtype=torch.float64)
    for epoch in range(epochs):
        for images, labels in train_loader:
            optimizer.zero_grad(set_to_none=True)
            z = model(images.view(images.shape[0], -1))
            cost = torch.nn.functional.nll_loss(z, labels)
            cost.backward()
            optimizer.step()
            metrics[0, epoch] += cost.detach() * len(labels) / len(train_loader.dataset)
            metrics[1, epoch] += (z.argmax(1) == labels).sum() / len(train_loader.dataset)
        metrics[2, epoch], metrics[3, epoch] = test_pass(model, test_loader)
    return {name: row.tolist() for name, row in zip(NAMES, metrics, strict=True)}


@mistake(
    "second-pass",
    "Goes through the training set a second time for its numbers.",
    hint="Your training numbers are those of the model after the epoch. Add them up during training, before each update.",
)
def second_pass(model, train_loader, test_loader, epochs, lr):
    def train(model, loader, optimiser):
        train_pass(model, loader, optimiser)
        return test_pass(model, loader)

    return run(model, train_loader, test_loader, epochs, lr, train=train)


# --- wrong ones ---------------------------------------------------------------------------------------------------


@mistake(
    "left-in-prediction-mode",
    "Leaves the model in prediction mode after the first evaluation.",
    hint="All numbers are right, but a model with Dropout would train without it. Call `model.train()` in each epoch.",
)
def left_in_prediction_mode(model, train_loader, test_loader, epochs, lr):
    def evaluate(model, loader):
        model.eval()
        return test_pass(model, loader)

    return run(model, train_loader, test_loader, epochs, lr, evaluate=evaluate)


@mistake(
    "trained-on-the-test-set",
    "Goes on training during the evaluation.",
    hint="The model has changed during the evaluation: no backward and no step there, or the test set is no test.",
)
def trained_on_the_test_set(model, train_loader, test_loader, epochs, lr):
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    return run(
        model, train_loader, test_loader, epochs, lr, evaluate=lambda model, loader: train_pass(model, loader, optimiser)
    )


def mean_of_means(model, loader, optimiser=None):
    costs, shares = [], []
    for images, labels in loader:
        cost, hits = cost_and_hits(model, images, labels)
        if optimiser:
            optimiser.zero_grad()
            cost.backward()
            optimiser.step()
        costs.append(cost.item())
        shares.append(hits / len(labels))
    return sum(costs) / len(costs), sum(shares) / len(shares)


@mistake(
    "mean-of-means",
    "Averages the numbers of the mini-batches as if all had the same size.",
    hint="The last mini-batch is smaller, and its samples count more in a mean of means. Weight it by its size.",
)
def mean_of_means_everywhere(model, train_loader, test_loader, epochs, lr):
    evaluate = torch.no_grad()(mean_of_means)
    return run(model, train_loader, test_loader, epochs, lr, train=mean_of_means, evaluate=evaluate)


@mistake(
    "mean-of-means-in-the-test",
    "Averages over the mini-batches of the test set as if all had the same size.",
    hint="The training numbers are right. In the test set the last mini-batch is smaller: weight it by its size.",
)
def mean_of_means_in_the_test(model, train_loader, test_loader, epochs, lr):
    return run(model, train_loader, test_loader, epochs, lr, evaluate=torch.no_grad()(mean_of_means))


@mistake(
    "mean-of-means-in-training",
    "Averages over the mini-batches of training as if all had the same size.",
    hint="The test numbers are right. In training the last mini-batch is smaller too: weight it by its size.",
)
def mean_of_means_in_training(model, train_loader, test_loader, epochs, lr):
    return run(model, train_loader, test_loader, epochs, lr, train=mean_of_means)


@mistake(
    "graph-recorded",
    "Records a graph during the evaluation.",
    hint="All numbers are right. But the evaluation records a graph that nobody needs: put it into `torch.no_grad()`.",
)
def graph_recorded(model, train_loader, test_loader, epochs, lr):
    def evaluate(model, loader):
        loss, right, seen = 0.0, 0, 0
        for images, labels in loader:
            cost, hits = cost_and_hits(model, images, labels)
            loss, right, seen = loss + cost.item() * len(labels), right + hits, seen + len(labels)
        return loss / seen, right / seen

    return run(model, train_loader, test_loader, epochs, lr, evaluate=evaluate)


@mistake(
    "last-mini-batch",
    "Reports only the last mini-batch of training.",
    hint="These are the numbers of one mini-batch. Add up over all mini-batches of the epoch.",
)
def last_mini_batch(model, train_loader, test_loader, epochs, lr):
    def train(model, loader, optimiser):
        for images, labels in loader:
            optimiser.zero_grad()
            cost, hits = cost_and_hits(model, images, labels)
            cost.backward()
            optimiser.step()
        return cost.item(), hits / len(labels)

    return run(model, train_loader, test_loader, epochs, lr, train=train)


@mistake(
    "one-test-batch",
    "Evaluates one mini-batch of the test set.",
    hint="The test is about all of its samples. Go through the whole loader.",
)
def one_test_batch(model, train_loader, test_loader, epochs, lr):
    return run(
        model, train_loader, test_loader, epochs, lr, evaluate=lambda model, loader: test_pass(model, [next(iter(loader))])
    )


edit(
    "no-reset",
    "Never resets the gradients.",
    hint="Gradients add up over the mini-batches. Reset them in each iteration.",
    of=train_pass,
    replace=("optimiser.zero_grad()", ""),
)


@mistake(
    "test-first",
    "Evaluates before the epoch instead of after it.",
    hint="Your test numbers come one epoch too early: the first ones belong to the untrained model.",
)
def test_first(model, train_loader, test_loader, epochs, lr):
    before = [test_pass(model, test_loader)]
    result = run(model, train_loader, test_loader, epochs, lr)
    result["test_loss"] = [before[0][0], *result["test_loss"][:-1]]
    result["test_acc"] = [before[0][1], *result["test_acc"][:-1]]
    return result


edit(
    "step-size-ignored",
    "Trains with a step size of its own.",
    hint="The step size is an argument: `torch.optim.SGD(model.parameters(), lr=lr)`.",
    of=run,
    replace=("lr=lr", "lr=0.1"),
)


@mistake(
    "counts",
    "Counts the right ones without dividing.",
    hint="An accuracy is a share, from 0 to 1. Divide by the number of all samples.",
)
def counts(model, train_loader, test_loader, epochs, lr):
    result = run(model, train_loader, test_loader, epochs, lr)
    for name, loader in (("train_acc", train_loader), ("test_acc", test_loader)):
        result[name] = [share * len(loader.dataset) for share in result[name]]
    return result


@mistake(
    "not-flattened",
    "Passes the pictures on unflattened.",
    hint="The linear layer wants a vector for each picture: `images.flatten(start_dim=1)`.",
)
def not_flattened(model, train_loader, test_loader, epochs, lr):
    for images, _ in train_loader:
        model(images)
    return run(model, train_loader, test_loader, epochs, lr)


@mistake(
    "one-vector",
    "Flattens the whole mini-batch into one vector.",
    hint="`flatten()` without `start_dim=1` makes one vector of all pictures. Keep the dimension of the mini-batch.",
)
def one_vector(model, train_loader, test_loader, epochs, lr):
    for images, _ in train_loader:
        model(images.flatten())
    return run(model, train_loader, test_loader, epochs, lr)


@mistake(
    "all-mini-batches",
    "Returns a number for each mini-batch.",
    hint="One number for each epoch is wanted. Your lists have one for each mini-batch.",
)
def all_mini_batches(model, train_loader, test_loader, epochs, lr):
    optimiser = torch.optim.SGD(model.parameters(), lr=lr)
    result = {name: [] for name in NAMES}
    for _ in range(epochs):
        for images, labels in train_loader:
            optimiser.zero_grad()
            cost, hits = cost_and_hits(model, images, labels)
            cost.backward()
            optimiser.step()
            result["train_loss"].append(cost.item())
            result["train_acc"].append(hits / len(labels))
        for name, value in zip(NAMES[2:], test_pass(model, test_loader), strict=True):
            result[name].append(value)
    return result
