"""The derivative of a derivative, compared with what one finds by hand."""

import math

import torch

from grader.spec import Rng, alternative, case, cases, check, edit, fixture, mistake


def second_derivative(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    (first,) = torch.autograd.grad(f(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first, x)
    return second.item()


BY_HAND = {
    "parabola": ("x² + x", lambda x: 2.0),
    "cube": ("x³", lambda x: 6 * x),
    "sine": ("sin x", lambda x: -math.sin(x)),
    "growth": ("exp 2x", lambda x: 4 * math.exp(2 * x)),
    "entropy": ("x log x", lambda x: 1 / x),
}


@cases("code")
def functions(rng: Rng):
    for name, (formula, _) in BY_HAND.items():
        x0 = 2.0 if name == "parabola" else rng.uniform(low=0.5, high=2.0)
        yield case(f=fixture(name), x0=x0, label=formula, rtol=1e-4, truth=name)


@check("agrees with the formula found by hand")
def by_hand(got, ref, inputs):
    right = BY_HAND[inputs["truth"]][1](inputs["x0"])
    if not abs(float(got) - right) <= 1e-4 * abs(right):
        return f"It is {float(got):.6g}, and by hand one finds {right:.6g}."
    return None


@alternative
def by_the_book(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    f(x).backward(create_graph=True)
    t = x.grad
    x.grad = None
    t.backward()
    return x.grad.item()


@alternative
def in_double_precision(f, x0):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
    f(x).backward(create_graph=True)
    t, x.grad = x.grad, None
    t.backward()
    return float(x.grad)


@alternative
def with_functions_of_functions(f, x0):
    from torch.func import grad

    return grad(grad(lambda x: f(x).sum()))(torch.tensor([x0]).sum()).item()


@alternative
def by_the_hessian(f, x0):
    matrix = torch.autograd.functional.hessian(lambda x: f(x).sum(), torch.tensor([x0], dtype=torch.float64))
    return matrix.item()


@alternative
def with_a_copy_of_the_gradient(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    f(x).backward(torch.ones(1), create_graph=True)
    t = x.grad.clone()
    x.grad = None
    t.sum().backward()
    return x.grad.tolist()[0]


edit(
    "not-cleared",
    "Does not clear x.grad.",
    hint="The first derivative is still in it: you did not clear `x.grad`, and gradients add up.",
    of=by_the_book,
    replace=("x.grad = None", ""),
)
edit(
    "first-derivative",
    "Gives the first derivative.",
    hint="That is the first derivative. What did you differentiate the second time?",
    of=by_the_book,
    replace=("t.backward()\n    return x.grad.item()", "return t.item()"),
)


@mistake(
    "twice-the-first",
    "Goes back through z twice.",
    hint="That is the first derivative, twice. The second call is on `t`, the gradient, not on z.",
)
def twice_the_first(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    z = f(x)
    z.backward(create_graph=True)
    z.backward()
    return x.grad.item()


edit(
    "no-graph",
    "Does not record the computation of the gradient.",
    hint="`t` has no graph to go back through: the first call of `backward` needs `create_graph=True`.",
    of=by_the_book,
    replace=("create_graph=True", ""),
)
edit(
    "zeroed-in-place",
    "Sets x.grad to zero in place.",
    hint="`t` and `x.grad` are one tensor, and you wiped out both. Re-bind, `x.grad = None`; do not zero in place.",
    of=by_the_book,
    replace=("x.grad = None", "x.grad.zero_()"),
)


@mistake(
    "result-still-a-tensor",
    "Returns a tensor instead of a float.",
    hint="The number is right. Turn it into a Python float: `x.grad.item()`.",
)
def result_still_a_tensor(f, x0):
    return torch.tensor([second_derivative(f, x0)])


@mistake(
    "difference-quotient",
    "Approximates by a quotient of differences, so that only a few digits are right.",
    hint="Autograd is exact. Call `backward` twice, as the task describes, instead of computing f at points near by.",
    when=lambda got, ref, inputs: 1e-5 * abs(ref) < abs(got - ref) < 1e-2 * abs(ref),
)
def difference_quotient(f, x0):
    below, here, above = (float(f(torch.tensor([x0 + d]))) for d in (-1e-2, 0.0, 1e-2))
    return (below - 2 * here + above) / 1e-4
