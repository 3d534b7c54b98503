"""The optimisers of PyTorch, with the settings of the prompt; and the same by hand."""

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


class Momentum:
    def __init__(self, params, lr, beta):
        self.own = torch.optim.SGD(params, lr=lr, momentum=beta)

    def step(self):
        self.own.step()


class RMSprop:
    def __init__(self, params, lr, beta, eps):
        self.own = torch.optim.RMSprop(params, lr=lr, alpha=beta, eps=eps)

    def step(self):
        self.own.step()


class Adam:
    def __init__(self, params, lr, beta1, beta2, eps):
        self.own = torch.optim.Adam(params, lr=lr, betas=(beta1, beta2), eps=eps)

    def step(self):
        self.own.step()


def runs(rng, name, *settings):
    shapes = ((5, 3), (7,), (3,))
    for label, unused in (("100 steps", ()), ("a parameter without a gradient", (1,))):
        values, targets = ([rng.normal(*shape, dtype=torch.float64) for shape in shapes] for _ in range(2))
        s = script(label)
        params = s.call(fixture("parameters"), values, label="the parameters", compare=False)
        made = s.new(name, params, *settings)
        s.call(fixture("run"), made, params, targets, 100, unused=list(unused), label="after 1, 2, 10 and 100 steps")
        s.call(fixture("graph_left"), params, label="graphs", compare=False)
        for step in s.steps:
            step.compare = step.compare and step.op == "call"
        s.rtol = 1e-12
        yield s


@cases("momentum")
def with_velocity(rng: Rng):
    yield from runs(rng, "Momentum", 0.001, 0.9)
    yield from runs(rng, "Momentum", 0.002, 0.5)


@cases("rmsprop")
def with_scale(rng: Rng):
    yield from runs(rng, "RMSprop", 0.01, 0.99, 1e-3)
    yield from runs(rng, "RMSprop", 0.02, 0.9, 1e-8)


@cases("adam")
def with_both(rng: Rng):
    yield from runs(rng, "Adam", 0.01, 0.9, 0.999, 1e-8)
    yield from runs(rng, "Adam", 0.05, 0.8, 0.99, 1e-2)


def left(got, ref, inputs):
    if got["graphs"] == ref["graphs"]:
        return None
    return Finding("A parameter has become part of a graph.", name="graph-left")


@check("no graph is left behind", part="momentum", observation=True)
def none_of_momentum(got, ref, inputs):
    return left(got, ref, inputs)


@check("no graph is left behind", part="rmsprop", observation=True)
def none_of_rmsprop(got, ref, inputs):
    return left(got, ref, inputs)


@check("no graph is left behind", part="adam", observation=True)
def none_of_adam(got, ref, inputs):
    return left(got, ref, inputs)


# --- momentum -----------------------------------------------------------------------------------------------------


@alternative(part="momentum")
class InPlaceMomentum:
    def __init__(self, params, lr, beta):
        self.params, self.lr, self.beta = list(params), lr, beta
        self.v = [torch.zeros_like(one) for one in self.params]

    @torch.no_grad()
    def step(self):
        for one, v in zip(self.params, self.v, strict=True):
            if one.grad is not None:
                v.mul_(self.beta).add_(one.grad)
                one.sub_(self.lr * v)


@alternative(part="momentum")
class MomentumInADict:
    def __init__(self, params, lr, beta):
        self.params, self.lr, self.beta = params, lr, beta
        self.v = {}

    def step(self):
        for one in self.params:
            if one.grad is None:
                continue
            v = self.beta * self.v.get(id(one), 0) + one.grad
            self.v[id(one)] = v
            one.data -= self.lr * v


edit_alternative("new-velocities", part="momentum", of=InPlaceMomentum, replace=[
    ("for one, v in zip(self.params, self.v, strict=True)", "for i, one in enumerate(self.params)"),
    ("v.mul_(self.beta).add_(one.grad)", "self.v[i] = self.beta * self.v[i] + one.grad"),
    ("self.lr * v)", "self.lr * self.v[i])"),
])  # fmt: skip
edit_alternative("with-alpha", part="momentum", of=InPlaceMomentum, replace=("one.sub_(self.lr * v)", "one.add_(v, alpha=-self.lr)"))
edit_alternative("with-lerp-free-names", part="momentum", of=InPlaceMomentum, replace=("one.sub_(self.lr * v)", "one.copy_(one - self.lr * v)"))

edit(
    "no-velocity",
    "Takes plain gradient steps.",
    hint="What was the velocity before this step, and where is it kept?",
    part="momentum",
    of=InPlaceMomentum,
    replace=("v.mul_(self.beta).add_(one.grad)", "v = one.grad"),
)
edit(
    "averaged-gradient",
    "Weighs the new gradient with 1 - beta.",
    hint="In the formula of the prompt the gradient is added as it is.",
    part="momentum",
    of=InPlaceMomentum,
    replace=("add_(one.grad)", "add_((1 - self.beta) * one.grad)"),
)
edit(
    "uphill",
    "Goes uphill.",
    hint="The step is subtracted.",
    part="momentum",
    of=InPlaceMomentum,
    replace=("one.sub_(", "one.add_("),
)
edit(
    "rate-in-the-velocity-twice",
    "Multiplies by the rate twice.",
    hint="The rate stands in front of the velocity, and only there.",
    part="momentum",
    of=InPlaceMomentum,
    replace=("add_(one.grad)", "add_(self.lr * one.grad)"),
)


@mistake(
    "velocity-overwritten",
    "Keeps one velocity for all parameters.",
    hint="Each parameter needs a velocity of its own, of its own shape.",
    part="momentum",
)
class OneVelocity:
    def __init__(self, params, lr, beta):
        self.params, self.lr, self.beta, self.v = list(params), lr, beta, 0

    @torch.no_grad()
    def step(self):
        for one in self.params:
            if one.grad is not None:
                self.v = self.beta * self.v + one.grad.sum()
                one.sub_(self.lr * self.v)


edit(
    "parameters-replaced",
    "Makes new tensors instead of changing the parameters.",
    hint="The model holds the old tensors. Change them in place.",
    part="momentum",
    of=InPlaceMomentum,
    replace=("one.sub_(self.lr * v)", "one = one - self.lr * v"),
)


# --- RMSprop ------------------------------------------------------------------------------------------------------


@alternative(part="rmsprop")
class InPlaceRMSprop:
    def __init__(self, params, lr, beta, eps):
        self.params, self.lr, self.beta, self.eps = list(params), lr, beta, eps
        self.s = [torch.zeros_like(one) for one in self.params]

    @torch.no_grad()
    def step(self):
        for one, s in zip(self.params, self.s, strict=True):
            if one.grad is not None:
                s.mul_(self.beta).add_((1 - self.beta) * one.grad**2)
                one.sub_(self.lr * one.grad / (s.sqrt() + self.eps))


edit_alternative("addcmul", part="rmsprop", of=InPlaceRMSprop, replace=(
    "add_((1 - self.beta) * one.grad**2)", "addcmul_(one.grad, one.grad, value=1 - self.beta)"
))  # fmt: skip
edit_alternative("square", part="rmsprop", of=InPlaceRMSprop, replace=("one.grad**2", "one.grad.square()"))
edit_alternative("torch-sqrt", part="rmsprop", of=InPlaceRMSprop, replace=("s.sqrt()", "torch.sqrt(s)"))
edit_alternative("power", part="rmsprop", of=InPlaceRMSprop, replace=("s.sqrt()", "s**0.5"))

edit(
    "eps-in-the-root",
    "Adds eps under the root.",
    hint="In the formula eps is added to the root.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=("(s.sqrt() + self.eps)", "(s + self.eps).sqrt()"),
)
edit(
    "no-root",
    "Divides by the scale instead of its root.",
    hint="The scale is a mean of squares. Take the root.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=("s.sqrt()", "s"),
)
edit(
    "weights-swapped",
    "Has beta and 1 - beta the wrong way round.",
    hint="The memory is long: the old scale gets beta, the new square 1 - beta.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=[("s.mul_(self.beta)", "s.mul_(1 - self.beta)"), ("add_((1 - self.beta) * one.grad**2)", "add_(self.beta * one.grad**2)")],
)
edit(
    "sum-of-squares",
    "Adds up all squares, as Adagrad does.",
    hint="Old squares are forgotten: the scale is multiplied by beta first, and the new square by 1 - beta.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=("s.mul_(self.beta).add_((1 - self.beta) * one.grad**2)", "s.add_(one.grad**2)"),
)
edit(
    "one-scale",
    "Takes one scale for a whole parameter.",
    hint="Squares, roots and divisions are element-wise: each entry has its own scale.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=("one.grad**2", "(one.grad**2).mean()"),
)
edit(
    "scale-after-the-step",
    "Updates the scale after the step.",
    hint="The gradient of this step counts in the scale already: first the scale, then the step.",
    part="rmsprop",
    of=InPlaceRMSprop,
    replace=[
        ("s.mul_(self.beta).add_((1 - self.beta) * one.grad**2)", "one.sub_(self.lr * one.grad / (s.sqrt() + self.eps))"),
        ("one.sub_(self.lr * one.grad / (s.sqrt() + self.eps))", "s.mul_(self.beta).add_((1 - self.beta) * one.grad**2)"),
    ],
)


# --- Adam ---------------------------------------------------------------------------------------------------------


@alternative(part="adam")
class InPlaceAdam:
    def __init__(self, params, lr, beta1, beta2, eps):
        self.params, self.lr, self.beta1, self.beta2, self.eps = list(params), lr, beta1, beta2, eps
        self.v = [torch.zeros_like(one) for one in self.params]
        self.s = [torch.zeros_like(one) for one in self.params]
        self.t = 0

    @torch.no_grad()
    def step(self):
        self.t += 1
        for one, v, s in zip(self.params, self.v, self.s, strict=True):
            if one.grad is not None:
                v.mul_(self.beta1).add_((1 - self.beta1) * one.grad)
                s.mul_(self.beta2).add_((1 - self.beta2) * one.grad**2)
                v_hat, s_hat = v / (1 - self.beta1**self.t), s / (1 - self.beta2**self.t)
                one.sub_(self.lr * v_hat / (s_hat.sqrt() + self.eps))


edit_alternative("lerp", part="adam", of=InPlaceAdam, replace=("v.mul_(self.beta1).add_((1 - self.beta1) * one.grad)", "v.lerp_(one.grad, 1 - self.beta1)"))
edit_alternative("addcdiv", part="adam", of=InPlaceAdam, replace=(
    "one.sub_(self.lr * v_hat / (s_hat.sqrt() + self.eps))", "one.addcdiv_(v_hat, s_hat.sqrt().add_(self.eps), value=-self.lr)"
))  # fmt: skip
edit_alternative("addcmul", part="adam", of=InPlaceAdam, replace=("add_((1 - self.beta2) * one.grad**2)", "addcmul_(one.grad, one.grad, value=1 - self.beta2)"))
edit_alternative("counts-for-each", part="adam", of=InPlaceAdam, replace=[
    ("self.t = 0", "self.t = torch.zeros(())"), ("self.t += 1", "self.t = self.t + 1"),
    ("1 - self.beta1**self.t", "1 - self.beta1 ** int(self.t)"), ("1 - self.beta2**self.t", "1 - self.beta2 ** int(self.t)"),
])  # fmt: skip

edit(
    "no-correction",
    "Leaves out the bias correction.",
    hint="Velocity and scale begin at 0 and are too small at first. Divide each by 1 minus its beta to the power of t.",
    part="adam",
    of=InPlaceAdam,
    replace=("v / (1 - self.beta1**self.t), s / (1 - self.beta2**self.t)", "v, s"),
)
edit(
    "velocity-not-corrected",
    "Corrects the scale only.",
    hint="The velocity begins at 0 too, and needs its own correction, with beta1.",
    part="adam",
    of=InPlaceAdam,
    replace=("v / (1 - self.beta1**self.t), s", "v, s"),
)
edit(
    "scale-not-corrected",
    "Corrects the velocity only.",
    hint="The scale begins at 0 too, and needs its own correction, with beta2.",
    part="adam",
    of=InPlaceAdam,
    replace=("s / (1 - self.beta2**self.t)", "s"),
)
edit(
    "correction-kept",
    "Keeps the corrected values for the next step.",
    hint="The correction is for this step. What is kept is the velocity without it.",
    part="adam",
    of=InPlaceAdam,
    replace=(
        "v_hat, s_hat = v / (1 - self.beta1**self.t), s / (1 - self.beta2**self.t)",
        "v_hat, s_hat = v.div_(1 - self.beta1**self.t), s.div_(1 - self.beta2**self.t)",
    ),
)
edit(
    "counts-from-0",
    "Counts the steps from 0 in the correction.",
    hint="With t = 0 the first division is by 0. The first step has t = 1.",
    part="adam",
    of=InPlaceAdam,
    replace=[("1 - self.beta1**self.t", "1 - self.beta1 ** (self.t - 1)"), ("1 - self.beta2**self.t", "1 - self.beta2 ** (self.t - 1)")],
)
edit(
    "counts-parameters",
    "Counts a step for each parameter.",
    hint="t is the number of calls of step(), however many parameters there are.",
    part="adam",
    of=InPlaceAdam,
    replace=[("        self.t += 1\n", ""), ("if one.grad is not None:\n", "if one.grad is not None:\n                self.t += 1\n")],
)
edit(
    "gradient-for-velocity",
    "Steps along the gradient instead of the velocity.",
    hint="The numerator is the corrected velocity.",
    part="adam",
    of=InPlaceAdam,
    replace=("self.lr * v_hat", "self.lr * one.grad"),
)
edit(
    "eps-in-the-root",
    "Adds eps under the root.",
    hint="In the formula eps is added to the root.",
    part="adam",
    of=InPlaceAdam,
    replace=("(s_hat.sqrt() + self.eps)", "(s_hat + self.eps).sqrt()"),
)
edit(
    "whole-gradient",
    "Adds the whole gradient to the velocity.",
    hint="Here the new gradient has the factor 1 - beta1, unlike plain momentum.",
    part="adam",
    of=InPlaceAdam,
    replace=("add_((1 - self.beta1) * one.grad)", "add_(one.grad)"),
)
edit(
    "betas-swapped",
    "Has the two betas the wrong way round.",
    hint="beta1 belongs to the velocity, beta2 to the scale.",
    part="adam",
    of=InPlaceAdam,
    replace=("self.params, self.lr, self.beta1, self.beta2, self.eps = list(params), lr, beta1, beta2, eps", "self.params, self.lr, self.beta2, self.beta1, self.eps = list(params), lr, beta1, beta2, eps"),
)
