"""Corrupted pictures go in, and the output is compared with clean ones."""

import torch
from torch import nn

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, script


def step(model, corruptor, optimizer, images):
    for module in (model, corruptor):
        module.train()
    optimizer.zero_grad()
    restored = model(corruptor(images))
    loss = (restored - images).square().mean()
    loss.backward()
    optimizer.step()
    return loss.item()


def relative_error(model, corruptor, images, mean):
    model.eval()
    corruptor.train()
    with torch.no_grad():
        restored = model(corruptor(images))
    error = (restored - images).square().mean()
    return error / (mean - images).square().mean()


def single(value):
    """The error as a tensor without dimensions, in whichever form a number comes."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return torch.tensor(float(value), dtype=torch.float64)
    return value.detach().double().reshape(()) if isinstance(value, torch.Tensor) and value.numel() == 1 else value


def start(rng: Rng, label, h, w, d, training, **options):
    s = script(label, rtol=1e-7, **options)
    model = s.call(fixture("small"), h, w, d, rng.integers(0, 10**6), training, label="the model", compare=False)
    kept = (rng.uniform(h, w) < 0.5).double()
    corruptor = s.call(fixture("corruptor"), kept, not training, label="the corruptor", compare=False)
    return s, model, corruptor


SIZES = ((7, 5, 6, 3, True), (5, 3, 7, 9, False))


@cases("step")
def training(rng: Rng):
    for n, h, w, d, mode in SIZES:
        s, model, corruptor = start(rng, f"{n} pictures, {h} x {w}", h, w, d, mode)
        optimizer = s.call(fixture("sgd"), model, 0.5, label="the optimiser", compare=False)
        for number in ("first", "second"):
            images = rng.uniform(n, 1, h, w, dtype=torch.float64)
            s.call("step", model, corruptor, optimizer, images, label=f"{number} cost")
        s.state_dict(model)
        yield s


@cases("error")
def testing(rng: Rng):
    for n, h, w, d, mode in (*SIZES, (1, 6, 5, 7, True)):
        s, model, corruptor = start(rng, f"{n} pictures, {h} x {w}" if n > 1 else f"one picture, {h} x {w}", h, w, d, mode, canonical=single)
        images, mean = rng.uniform(n, 1, h, w, dtype=torch.float64), rng.uniform(1, h, w, dtype=torch.float64)
        s.call("relative_error", model, corruptor, images, mean, label="the error")
        s.state_dict(model)
        yield s


# --- one step -----------------------------------------------------------------------------------------------------


@alternative(part="step")
def off_the_shelf(model, corruptor, optimizer, images):
    corruptor.train()
    given = corruptor(images)
    cost = nn.MSELoss()(model.train()(given), images)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    return float(cost)


@alternative(part="step")
def clean_copy(model, corruptor, optimizer, images):
    clean = images.clone()
    model.train(True), corruptor.train(True)
    out = model(corruptor(images))
    cost = torch.mean((out - clean) ** 2)
    for parameter in model.parameters():
        parameter.grad = None
    cost.backward()
    optimizer.step()
    return cost.detach().item()


@alternative(part="step")
def by_sums(model, corruptor, optimizer, images):
    model.train()
    corruptor.train()
    model.zero_grad()
    cost = torch.nn.functional.mse_loss(model(corruptor(images)), images, reduction="sum") / images.numel()
    cost.backward()
    optimizer.step()
    return cost.tolist()


edit_alternative("reset-later", part="step", replace=[("    optimizer.zero_grad()\n", ""), ("    loss.backward()\n", "    optimizer.zero_grad()\n    loss.backward()\n")])
edit_alternative("picture-by-picture", part="step", replace=(".square().mean()", ".square().mean(dim=(1, 2, 3)).mean()"))

edit(
    "corrupted-target",
    "Compares the output with the corrupted pictures.",
    hint="What should the output resemble? The network is to fill in what is missing.",
    part="step",
    replace=("(restored - images)", "(restored - corruptor(images))"),
)
edit(
    "clean-input",
    "Feeds the clean pictures.",
    hint="The network has to learn to restore. What does it get to see when it is used?",
    part="step",
    replace=("model(corruptor(images))", "model(images)"),
)
edit(
    "corruptor-asleep",
    "Leaves the modules in the modes in which they come.",
    hint="Both modules are set to training mode first, whichever mode they come in.",
    part="step",
    replace=("        module.train()\n", "        pass\n"),
)
edit(
    "gradients-pile-up",
    "Adds to gradients of earlier calls.",
    hint="`backward()` adds to what is in `.grad`.",
    part="step",
    replace=("    optimizer.zero_grad()\n", ""),
)
edit(
    "sum",
    "Takes the sum over the pixels instead of the mean.",
    hint="The cost is the mean squared error.",
    part="step",
    replace=(".square().mean()", ".square().sum()"),
)
edit(
    "no-step",
    "Computes the gradients and makes no step.",
    hint="What does the optimiser do with the gradients?",
    part="step",
    replace=("    optimizer.step()\n", ""),
)

# --- on test pictures ---------------------------------------------------------------------------------------------


@alternative(part="error")
def two_losses(model, corruptor, images, mean):
    model.eval()
    corruptor.train()
    loss = nn.MSELoss()
    with torch.inference_mode():
        return loss(model(corruptor(images)), images).item() / loss(mean.expand_as(images), images).item()


@alternative(part="error")
def ratio_of_sums(model, corruptor, images, mean):
    given = corruptor.train()(images)
    restored = model.train(False)(given).detach()
    return float(((restored - images) ** 2).sum() / ((images - mean) ** 2).sum())


@alternative(part="error")
def ratio_of_norms(model, corruptor, images, mean):
    model.eval(), corruptor.train()
    with torch.no_grad():
        return (torch.linalg.vector_norm(model(corruptor(images)) - images) / torch.linalg.vector_norm(images - mean)) ** 2


edit_alternative("as-a-float", part="error", replace=("return error / (mean - images).square().mean()", "return error.item() / (mean - images).square().mean().item()"))
edit_alternative("repeated", part="error", replace=("(mean - images)", "(mean.repeat(len(images), 1, 1, 1) - images)"))

edit(
    "nothing-corrupted",
    "Tests with clean pictures.",
    hint="In prediction mode the corruptor does nothing, and the network is shown what it should restore.",
    part="error",
    replace=("corruptor.train()", "corruptor.eval()"),
)
edit(
    "training-mode",
    "Leaves the model in training mode.",
    hint="The model is to predict: `model.eval()`.",
    part="error",
    replace=("model.eval()", "model.train()"),
)
edit(
    "against-the-corrupted",
    "Compares the output with the corrupted pictures.",
    hint="What should the output resemble?",
    part="error",
    replace=("(restored - images)", "(restored - corruptor(images))"),
)
edit(
    "not-divided",
    "Does not divide by the baseline.",
    hint="Divide by the error of the mean picture.",
    part="error",
    replace=("error / (mean - images).square().mean()", "error"),
)
edit(
    "own-mean",
    "Takes the mean of the test pictures for the baseline.",
    hint="The mean picture is handed in. It comes from the training set; nothing is learned from test pictures.",
    part="error",
    replace=("(mean - images)", "(images.mean(0) - images)"),
)
edit(
    "upside-down",
    "Divides the baseline by the error.",
    hint="The smaller the number, the better.",
    part="error",
    replace=("error / (mean - images).square().mean()", "(mean - images).square().mean() / error"),
)
edit(
    "without-squares",
    "Takes absolute differences.",
    hint="Both errors are means of squares.",
    part="error",
    replace=[("(restored - images).square()", "(restored - images).abs()"), ("(mean - images).square()", "(mean - images).abs()")],
)

edit(
    "black-baseline",
    "Takes a black picture for the baseline.",
    hint="The baseline answers with `mean`.",
    part="error",
    replace=("(mean - images)", "images"),
)
edit(
    "difference",
    "Subtracts the baseline's error.",
    hint="It is a ratio: divide.",
    part="error",
    replace=("error / (mean - images)", "error - (mean - images)"),
)
edit(
    "corrupted-twice",
    "Corrupts the pictures twice.",
    hint="The corruptor is called once.",
    part="step",
    replace=("corruptor(images)", "corruptor(corruptor(images))"),
)
