"""A column, doubled: a view, and an operation in place."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, fixture, mistake, script


def double_as_column(x):
    column = x.reshape(-1, 1)
    column += column
    return column


@cases
def vectors(rng: Rng):
    shared = {"observe": ("shares_storage",)}
    yield case(x=torch.exp(torch.ones(5)), label="five times e", **shared)
    yield case(x=rng.normal(rng.integers(6, 20)), label="a vector of another length", **shared)
    yield case(x=rng.normal(3, dtype=torch.float64), label="three numbers, float64", **shared)


@cases
def afterwards(rng: Rng):
    s = script("what became of x")
    x = s.spy(fixture("kept"), rng.normal(7))
    s.call("double_as_column", x, label="result")
    s.method(x, "flatten", label="x afterwards, its numbers in a row")
    yield s


@alternative
def underscores_only(x):
    return x.unsqueeze_(1).add_(x)


@alternative
def doubled(x):
    return x.unsqueeze(1).mul_(2)


@alternative
def sum_first(x):
    x += x
    return x[:, None]


@alternative
def written_to_a_slice(x):
    x[:] = x + x
    return x.view(len(x), 1)


@alternative
def through_an_output(x):
    torch.add(x, x, out=x)
    return x.unflatten(0, (-1, 1))


@mistake(
    "column-plus-row",
    "Adds a column and a row.",
    hint="A column plus a row is a matrix of all sums: broadcasting. Print the shape; both operands must be the column.",
)
def column_plus_row(x):
    return x.reshape(-1, 1) + x


@mistake(
    "new-memory",
    "Puts the sum into new memory.",
    hint="Re-binding and `clone` allocate: compare `data_ptr` before and after. Write with `+=` or `add_` instead.",
)
def new_memory(x):
    x = x.reshape(-1, 1)
    x = x + x
    return x


@mistake(
    "output-grows",
    "Adds a column to the vector in place.",
    hint="An in-place result cannot grow, and vector plus column is a matrix. Make the column first, then add it to itself.",
)
def output_grows(x):
    x += x.reshape(-1, 1)
    return x


@mistake(
    "no-column",
    "Does not make a column.",
    hint="A 1-D tensor has no columns, and `.T` does nothing to it. Add a dimension: `reshape(-1, 1)`.",
)
def no_column(x):
    x = x.T
    x += x
    return x


edit(
    "row-made",
    "Makes a row.",
    hint="Size 1 x n is a row. A column has n rows: which of the two sizes is 1?",
    of=doubled,
    replace=("unsqueeze(1)", "reshape(1, -1)"),
)
edit(
    "copied-at-the-end",
    "Doubles in place and then returns a copy.",
    hint="The numbers of x are doubled where they are, but what you return is a copy of them. Return a view.",
    of=sum_first,
    replace=("x[:, None]", "torch.stack([x], dim=1)"),
)
edit(
    "doubled-twice",
    "Doubles the vector and its view.",
    hint="Four times: the vector and the column are the same memory. What is done to one is done to both.",
    replace=("column += column", "x += x\n    column += column"),
)


@mistake(
    "squared",
    "Multiplies the column by itself.",
    hint="The numbers are squared. Adding a number to itself doubles it.",
)
def squared(x):
    column = x.reshape(-1, 1)
    return column.mul_(column)


edit(
    "not-returned",
    "Returns nothing.",
    hint="The work may have been done in place, but the function returns None. Return the column.",
    replace=("return column", ""),
)
