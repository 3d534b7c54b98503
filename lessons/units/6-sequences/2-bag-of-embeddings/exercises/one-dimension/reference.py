"""One number for each token: the difference of its two scores."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def to_one_dimension(table, W, b):
    between = table @ W.diff(dim=0).T
    half = torch.tensor([[-0.5], [0.5]], dtype=table.dtype)
    return between, half, b.clone()


@cases("smaller")
def bags(rng: Rng):
    for V, E in ((11, 3), (7, 5), (5, 1), (30, 10)):
        sentences = [rng.integers(0, V, int(length)) for length in rng.integers(1, 10, 12).tolist()]
        given = [rng.normal(*size, dtype=torch.float64) for size in ((V, E), (2, E), (2,))]
        yield case(
            **dict(zip(("table", "W", "b"), given, strict=True)), truth=sentences, compare=False,
            label=f"{V} tokens, {E} {'dimension' if E == 1 else 'dimensions'}",
        )  # fmt: skip


@check("gives the same probabilities for every sentence", part="smaller")
def same(got, ref, inputs):
    V = len(inputs["table"])
    if not isinstance(got, tuple | list) or len(got) != 3 or not all(isinstance(one, torch.Tensor) for one in got):
        return Finding("Three tensors are expected.", name="not-three")
    sizes = [tuple(one.shape) for one in got]
    if sizes != [(V, 1), (2, 1), (2,)]:
        return Finding("The sizes are not those of a bag of one dimension.", name="other-sizes", expected=f"{(V, 1)}, (2, 1), (2,)", got=", ".join(map(str, sizes)))
    for sentence in inputs["truth"]:
        gaps = [margin(*(one.double() for one in bag), sentence) for bag in (got, [inputs[name] for name in ("table", "W", "b")])]
        if not torch.allclose(*gaps, rtol=1e-6, atol=1e-6):
            return Finding(
                f"The sentence {sentence.tolist()} gets different probabilities.", name="other-probabilities",
                expected=f"a difference of {gaps[1].item():.4f}", got=f"{gaps[0].item():.4f}",
            )  # fmt: skip
    return None


def margin(table, W, b, sentence):
    """The score of class 1 less that of class 0."""
    scores = W @ table[sentence].sum(0) + b
    return scores[1] - scores[0]


@alternative
def zero_and_one(table, W, b):
    u = table @ (W[1] - W[0])
    return u.unsqueeze(1), torch.tensor([[0.0], [1.0]], dtype=torch.float64), b + 0


@alternative
def negated(table, W, b):
    rows = [((W[0] - W[1]) * row).sum() for row in table]
    return torch.stack(rows).reshape(-1, 1), torch.tensor([[3.0], [2.0]]).double(), b - b[0]


@alternative
def by_scores(table, W, b):
    scores = table @ W.T
    return scores[:, 1:] - scores[:, :1], torch.arange(2.0, dtype=torch.float64)[:, None], b - b.mean()


edit_alternative("all-in-the-bias", replace=("b.clone()", "torch.stack([b[0] - b[1], b[0] * 0])"))
edit_alternative("larger-weights", replace=[("W.diff(dim=0).T", "W.diff(dim=0).T / 10"), ("[[-0.5], [0.5]]", "[[-5.0], [5.0]]")])

edit(
    "one-score",
    "Takes the score of class 1 instead of the difference of both.",
    hint="A token moves both scores. What counts is by how much more it moves the second one.",
    replace=("W.diff(dim=0).T", "W[1:].T"),
)
edit(
    "turned-round",
    "Has good and bad the wrong way round.",
    hint="Which of the two scores is subtracted from which, and which of the new weights is larger?",
    replace=("[[-0.5], [0.5]]", "[[0.5], [-0.5]]"),
)
edit(
    "twice-as-sure",
    "Counts every difference twice.",
    hint="The two weights must differ by 1.",
    replace=("[[-0.5], [0.5]]", "[[-1.0], [1.0]]"),
)
edit(
    "bias-forgotten",
    "Leaves out the bias.",
    hint="Which sentence would get one half for each class?",
    replace=("b.clone()", "torch.zeros_like(b)"),
)
edit(
    "first-dimension",
    "Keeps the first dimension and drops the others.",
    hint="All dimensions take part in the scores. Which combination of them is the one that counts?",
    replace=("table @ W.diff(dim=0).T", "table[:, :1] * W.diff(dim=0)[:, :1]"),
)


@mistake(
    "length-of-the-vector",
    "Takes the length of each embedding.",
    hint="A length has no sign. Which number says whether a token is positive or negative?",
)
def length_of_the_vector(table, W, b):
    return table.norm(dim=1, keepdim=True), torch.tensor([[0.0], [1.0]], dtype=torch.float64), b.clone()
