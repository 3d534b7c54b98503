"""A kernel is learned by gradient descent, over few steps, in float64."""

import torch
from torch.nn.functional import conv2d

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def through(images, kernel):
    return conv2d(images[:, None], kernel[None, None])


def learn(images, secret, start, rate, steps):
    kernel, target = start.clone(), through(images, secret)
    costs = []
    for _ in range(steps):
        kernel = kernel.detach().requires_grad_()
        cost = torch.nn.functional.mse_loss(through(images, kernel), target)
        costs.append(float(cost))
        cost.backward()
        kernel = kernel.detach() - rate * kernel.grad
    return costs, kernel


def plain(value):
    """The list of costs as a tensor, where it is a list of Python floats."""
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], list) and all(type(one) is float for one in value[0]):
        return torch.tensor(value[0], dtype=torch.float64), value[1]
    return value


@cases("learn")
def pictures(rng: Rng):
    for n, h, w, p, q, largest, rate, steps in (
        (7, 6, 9, 3, 5, 1, 0.1, 5),
        (3, 7, 5, 3, 3, 1, 0.5, 4),
        (5, 6, 7, 1, 3, 255, 1e-6, 3),
        (3, 5, 6, 3, 3, 255, 0.1, 3),
        (5, 3, 7, 3, 1, 1, 0.2, 1),
    ):
        images = rng.uniform(n, h, w, high=largest, dtype=torch.float64)
        secret, start = (rng.normal(p, q, dtype=torch.float64) for _ in range(2))
        yield case(
            images=images, secret=secret, start=start, rate=rate, steps=steps, rtol=1e-8, canonical=plain,
            label=f"pixels up to {largest}, kernel {p} x {q}, {steps} step{'s' if steps > 1 else ''}",
        )


@alternative(part="learn")
def by_optimiser(images, secret, start, rate, steps):
    kernel = torch.nn.Parameter(start.clone())
    optimizer = torch.optim.SGD([kernel], lr=rate)
    costs = []
    for _ in range(steps):
        optimizer.zero_grad()
        cost = (through(images, secret) - through(images, kernel)).pow(2).mean()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs, kernel.data


@alternative(part="learn")
def without_autograd(images, secret, start, rate, steps):
    p, q = start.shape
    windows = images.unfold(1, p, 1).unfold(2, q, 1).reshape(-1, p * q)
    kernel, costs = start.flatten().clone(), []
    for _ in range(steps):
        error = windows @ (kernel - secret.flatten())
        costs.append((error @ error / len(error)).item())
        kernel = kernel - rate * 2 * windows.T @ error / len(error)
    return costs, kernel.view(p, q)


@alternative(part="learn")
def with_a_layer(images, secret, start, rate, steps):
    layer = torch.nn.Conv2d(1, 1, tuple(start.shape), bias=False, dtype=torch.float64)
    layer.weight.data = start[None, None].clone()
    costs = []
    for _ in range(steps):
        layer.zero_grad()
        cost = (layer(images[:, None]) - through(images, secret)).square().mean()
        cost.backward()
        costs.append(cost.item())
        with torch.no_grad():
            layer.weight -= rate * layer.weight.grad
    return costs, layer.weight.detach()[0, 0]


@alternative(part="learn")
def from_the_difference(images, secret, start, rate, steps):
    """A convolution is linear in the kernel: only the difference of the two counts."""
    away, costs = (start - secret).clone(), []
    for _ in range(steps):
        away.requires_grad_()
        cost = through(images, away).square().mean()
        (g,) = torch.autograd.grad(cost, away)
        costs.append(cost.item())
        away = away.detach() - rate * g
    return costs, secret + away


edit_alternative("square-mean", part="learn", replace=("torch.nn.functional.mse_loss(through(images, kernel), target)", "((through(images, kernel) - target) ** 2).mean()"))

edit(
    "sum",
    "Adds up the squares instead of taking their mean.",
    hint="The cost is the mean over all pictures and places.",
    part="learn",
    replace=("mse_loss(through(images, kernel), target)", 'mse_loss(through(images, kernel), target, reduction="sum")'),
)
edit(
    "uphill",
    "Goes uphill.",
    hint="The step is subtracted.",
    part="learn",
    replace=("- rate * kernel.grad", "+ rate * kernel.grad"),
)
edit(
    "half",
    "Has half the mean squared difference for the cost.",
    hint="The mean of the squares, and no factor.",
    part="learn",
    replace=("mse_loss(through(images, kernel), target)", "mse_loss(through(images, kernel), target) / 2"),
)
edit(
    "absolute",
    "Takes absolute differences.",
    hint="The differences are squared.",
    part="learn",
    replace=("mse_loss", "l1_loss"),
)
edit(
    "scaled",
    "Divides the pixels by 255.",
    hint="What happens with raw pixels is the question. Take the images as they are.",
    part="learn",
    replace=[("through(images, secret)", "through(images / 255, secret)"), ("through(images, kernel)", "through(images / 255, kernel)")],
)


@mistake("cost-after", "Gives the costs after the steps.", hint="Each cost is that before its step.", part="learn")
def cost_after(images, secret, start, rate, steps):
    costs, kernel = learn(images, secret, start, rate, steps + 1)
    return costs[1:], learn(images, secret, start, rate, steps)[1]

edit(
    "gradients-add-up",
    "Adds each gradient to those before it.",
    hint="Each step takes its own gradient only.",
    replace=("kernel = kernel.detach() - rate * kernel.grad", "total = total + kernel.grad if costs[1:] else kernel.grad\n        kernel = kernel.detach() - rate * total"),
)
