import torch

from grader.spec import Rng, alternative, case, cases, fixture, mistake


def second_derivative(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    (first,) = torch.autograd.grad(f(x), x, create_graph=True)
    return float(torch.autograd.grad(first, x)[0])


@cases
def functions(rng: Rng):
    for name in ("parabola", "cube", "sine", "growth", "entropy"):
        yield case(f=fixture(name), x0=rng.uniform(low=0.5, high=2.0), label=name, rtol=1e-4)


@alternative
def by_the_book(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    f(x).backward(create_graph=True)
    t, x.grad = x.grad, None
    t.backward()
    return x.grad.item()


@mistake("not-cleared", "Does not clear x.grad.", hint="You did not clear x.grad; gradients add up.")
def not_cleared(f, x0):
    x = torch.tensor([x0], requires_grad=True)
    f(x).backward(create_graph=True)
    x.grad.backward()
    return x.grad.item()


@mistake("first-only", "Gives the first derivative.", hint="What did you differentiate the second time?")
def first_only(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    return x.grad.item()


@mistake("no-graph", "Forgets create_graph.", hint="The first call needs create_graph=True.")
def no_graph(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    f(x).backward()
    x.grad.backward()
