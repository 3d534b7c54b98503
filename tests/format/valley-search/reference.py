import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, script

MINIMA = torch.tensor([[439.4810, 453.9774], [479.0454, 434.5059], [482.3533, 432.8790]], dtype=torch.float64)


def eggholder(w):
    x, y = w
    return -(y + 47) * torch.sin((x / 2 + y + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def gradient(w):
    w = w.detach().requires_grad_()
    return torch.autograd.grad(eggholder(w), w)[0]


def descend(start, alpha, steps):
    w, history = torch.tensor(start, dtype=torch.float64), []
    for _ in range(steps):
        history.append(w)
        w = w - alpha * gradient(w)
    return w, torch.stack([*history, w])


def find_minimum():
    return descend((440.0, 450.0), 0.5, 400)


@cases
def once(rng: Rng):
    s = script("the search")
    s.call("find_minimum", label="found", compare=False)
    yield s


@check("ends in one of the minima")
def near(got, ref, inputs):
    w, _ = got["found"]
    if float((MINIMA - w).norm(dim=1).min()) > 0.5:
        return Finding(
            "That is none of the three minima near (450, 420).",
            name="elsewhere",
            where="w",
            got=str([round(x, 2) for x in w.tolist()]),
        )


@check("the gradient is zero there")
def flat(got, ref, inputs):
    w, _ = got["found"]
    size = float(gradient(w).norm())
    if size > 0.05:
        return Finding(f"The gradient there still has norm {size:.3g}.", name="not-converged")


@check("the history is the way there")
def way(got, ref, inputs):
    w, history = got["found"]
    if history.dim() != 2 or history.shape[1] != 2 or not torch.allclose(history[-1], w):
        return Finding("The last row of history must be w.", name="history")


@alternative
def another_valley():
    return descend((478.0, 435.0), 0.01, 3000)


edit(
    "old-rate",
    "Keeps the rate that worked before.",
    hint="How far do the first steps jump?",
    replace=("(440.0, 450.0), 0.5", "(450.0, 420.0), 1.0"),
    when=lambda got, ref, inputs: float((got["found"][1][1] - got["found"][1][0]).norm()) > 20,
)
edit(
    "over-the-ridge",
    "Lands outside the box.",
    hint="You were carried over a ridge.",
    replace=("(440.0, 450.0), 0.5", "(522.16, 413.32), 0.001"),
    when=lambda got, ref, inputs: float(got["found"][0][0]) > 510,
)
