import torch

from grader.spec import Rng, alternative, case, cases, edit, mistake


def odd_slice(X):
    return X[1::2, 1::2, 1::2]


@cases
def shapes(rng: Rng):
    for shape in [(2, 5, 10), (10, 5, 2), (4, 4, 4), (3, 7, 6)]:
        x = torch.arange(torch.Size(shape).numel()).reshape(shape)
        yield case(X=x, label="x".join(map(str, shape)), observe=("shares_storage",))


@alternative
def one_after_the_other(X):
    return X[1::2].transpose(0, 1)[1::2].transpose(0, 1)[:, :, 1::2]


edit(
    "even",
    "Takes the even places.",
    hint="Where must an odd sequence start?",
    replace=("1::2, 1::2, 1::2", "::2, ::2, ::2"),
)


@mistake("chained", "Slices the first dimension three times.", hint="Put all three slices in one pair of brackets.")
def chained(X):
    return X[1::2][1::2][1::2]


edit("copied", "Copies.", hint="A slice is a view; what made yours a copy?", replace=("1::2]", "1::2].clone()"))
