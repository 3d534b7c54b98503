"""Backward twice: the second pass fails, or adds the derivative once more."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, mistake


def second_backward(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    try:
        z.backward()
    except RuntimeError as error:
        return type(error).__name__
    return x.grad.item()


@cases("twice")
def points(rng: Rng):
    yield case(x0=2.0, retain=False, label="at 2, not retained")
    yield case(x0=2.0, retain=True, label="at 2, retained", rtol=1e-5)
    for low, high in ((0.5, 3.0), (-3.0, -1.0)):
        x0 = rng.uniform(low=low, high=high)
        yield case(x0=x0, retain=True, label="elsewhere, retained", rtol=1e-5)
        yield case(x0=x0, retain=False, label="elsewhere, not retained")


@alternative
def with_a_scalar(x0, retain):
    x = torch.tensor(x0, dtype=torch.float64, requires_grad=True)
    y = x * x
    z = y + x
    z.backward(retain_graph=retain)
    try:
        z.backward()
        return float(x.grad)
    except Exception as error:
        return error.__class__.__name__


@alternative
def with_a_parameter(x0, retain):
    x = torch.nn.Parameter(torch.full((1,), x0))
    z = x.square() + x
    torch.autograd.backward(z, retain_graph=retain)
    answer = None
    try:
        torch.autograd.backward(z)
    except RuntimeError:
        answer = "RuntimeError"
    return x.grad.item() if answer is None else answer


@alternative
def in_a_loop(x0, retain):
    x = torch.tensor([x0]).requires_grad_()
    z = x.pow(2).add(x)
    for keep in (retain, False):
        try:
            z.backward(retain_graph=keep)
        except Exception as error:
            return type(error).__qualname__
    return x.grad.tolist()[0]


@alternative
def with_a_cotangent(x0, retain):
    x = torch.tensor([[x0]], requires_grad=True)
    z = (x**2 + x).reshape(1)
    z.backward(torch.ones(1), retain_graph=retain)
    try:
        z.backward(torch.ones(1))
    except RuntimeError as error:
        name = type(error)
        return name.__name__
    else:
        return float(x.grad.sum())


@alternative
def as_an_object(x0, retain):
    class Attempt:
        def __init__(self):
            self.x = torch.tensor([x0], dtype=torch.float64, requires_grad=True)
            self.z = self.x * self.x + self.x

        def run(self):
            self.z.backward(retain_graph=retain)
            try:
                self.z.backward()
            except RuntimeError as error:
                return type(error).__name__
            return self.x.grad.item()

    return Attempt().run()


edit(
    "grad-reset",
    "Resets x.grad between the two calls.",
    hint="Does `backward` overwrite or add? Leave `x.grad` alone: what fails in the second call is the graph, not `.grad`.",
    replace=("try:", "x.grad = None\n    try:"),
)


@mistake(
    "new-graph",
    "The second call never fails: z is built again, or the graph is always retained.",
    hint="Computing z again makes a new graph. Call `backward` on the *same* z, and pass `retain` on in the first call.",
)
def new_graph(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    z = x**2 + x
    z.backward()
    return x.grad.item()


@mistake(
    "first-call-only",
    "Goes back only once.",
    hint="That is the derivative after one call. Does `backward` overwrite `x.grad`, or add to it?",
)
def first_call_only(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    return x.grad.item()


@mistake(
    "retain-not-passed",
    "Never retains the graph.",
    hint="The second call always fails. Pass `retain` on in the first: `z.backward(retain_graph=retain)`.",
)
def retain_not_passed(x0, retain):
    return second_backward(x0, False)


@mistake(
    "not-caught",
    "Lets the exception out.",
    hint="The second call may raise an exception: catch it with `try` and `except`, and return the name of its class.",
)
def not_caught(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    z.backward()
    return x.grad.item()


edit(
    "message-returned",
    "Returns the message of the exception.",
    hint="The name of the exception's class is wanted, not its message: `type(error).__name__`.",
    replace=("type(error).__name__", "str(error)"),
    when=lambda got, ref, inputs: isinstance(got, str) and "backward" in got,
)
edit(
    "tensor-returned",
    "Returns a tensor instead of a float.",
    hint="The number is right. Turn it into a Python float: `x.grad.item()`.",
    replace=("x.grad.item()", "x.grad"),
)
