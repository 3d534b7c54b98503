"""The best beginnings, round by round."""

import torch

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, plural, script


def beam_search(log_probs, width, end, most):
    beam = [(0.0, [])]
    for _ in range(most):
        longer = []
        for total, tokens in beam:
            if tokens[-1:] == [end]:
                longer.append((total, tokens))
            else:
                longer += [(total + more, [*tokens, token]) for token, more in enumerate(log_probs(tokens).tolist())]
        beam = sorted(longer, reverse=True)[:width]
    total, tokens = beam[0]
    return tokens, total


def plain(result):
    """Tokens as ints and the sum as a float, whether it came as a number or as a tensor without dimensions."""
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        return result
    tokens, total = result
    tokens = (
        [int(one) for one in tokens]
        if isinstance(tokens, (list, tuple))
        and all(isinstance(one, int) or getattr(one, "ndim", 1) == 0 for one in tokens)
        else tokens
    )
    return tokens, float(total) if isinstance(total, (int, float)) or getattr(total, "ndim", 1) == 0 else total


SHORT = [[0.0, 0.0, 0.0, 0.0], [-1.0, 0.2, 0.1, 0.0], [0.0, 0.0, 0.1, 0.0], [0.0, 0.0, 0.0, 0.2], [0.9, 1.6, 0.0, -0.3]]
"""To end at once is likelier than any whole sentence, each of whose tokens is likelier than that end."""
DEAD_END = [
    [-9.0, 0.1, 0.0, -0.1],
    [-9.0, 0.0, 0.1, -0.1],
    [9.0, -9.0, -9.0, -9.0],
    [0.0, 0.0, 0.0, 0.0],
    [-9.0, 1.0, 0.8, -9.0],
]
"""Token 1 is the best first one, and all that follows it is equally bad; token 2 ends at once."""


@cases("search")
def decoders(rng: Rng):
    s = script("a dead end", canonical=plain, rtol=1e-4)
    decoder = s.call(fixture("decoder"), torch.tensor(DEAD_END), label="the decoder", compare=False)
    for width in (1, 2):
        s.call("beam_search", decoder, width, 0, 3, label=f"width {width}")
    yield s
    for label, V, end in (("seven tokens", 7, 0), ("five tokens, another end", 5, 3)):
        s = script(label, canonical=plain, rtol=1e-4)
        decoder = s.call(fixture("decoder"), 2 * rng.normal(V + 1, V), label="the decoder", compare=False)
        for width, most in ((1, 6), (3, 6), (4, 1), (12, 4)):
            s.call("beam_search", decoder, width, end, most, label=f'width {width}, {plural(most, "round")}')
        yield s
    s = script("a short one that ends, and a long one", canonical=plain, rtol=1e-4)
    decoder = s.call(fixture("decoder"), torch.tensor(SHORT), label="the decoder", compare=False)
    for width in (2, 3):
        s.call("beam_search", decoder, width, 0, 4, label=f"width {width}")
    yield s
    s = script("an end that is likely", canonical=plain, rtol=1e-4)
    weights = rng.normal(6, 5)
    weights[:, 2] += 2.5
    decoder = s.call(fixture("decoder"), weights, label="the decoder", compare=False)
    for width in (1, 2, 5):
        s.call("beam_search", decoder, width, 2, 7, label=f"width {width}")
    yield s


@alternative(part="search")
def finished_apart(log_probs, width, end, most):
    open_, finished = [((), 0.0)], []
    for _ in range(most):
        found = [(tokens, total, True) for tokens, total in finished]
        for tokens, total in open_:
            values = log_probs(list(tokens))
            found += [(tokens + (k,), total + float(values[k]), k == end) for k in range(len(values))]
        found.sort(key=lambda one: one[1], reverse=True)
        found = found[:width]
        finished = [(tokens, total) for tokens, total, done in found if done]
        open_ = [(tokens, total) for tokens, total, done in found if not done]
        if not open_:
            break
    tokens, total = max(open_ + finished, key=lambda one: one[1])
    return list(tokens), total


@alternative(part="search")
def with_topk(log_probs, width, end, most):
    beam = [([], torch.tensor(0.0))]
    for _ in range(most):
        found = []
        for tokens, total in beam:
            if tokens and tokens[-1] == end:
                found.append((tokens, total))
                continue
            values, places = log_probs(tokens).topk(min(width, len(log_probs(tokens))))
            found += [(tokens + [place], total + value) for value, place in zip(values, places.tolist(), strict=True)]
        found.sort(key=lambda one: -one[1].item())
        beam = found[:width]
    return beam[0]


@alternative(part="search")
def by_recursion(log_probs, width, end, most):
    def extended(beam, rounds):
        if rounds == 0:
            return beam[0]
        found = []
        for tokens, total in beam:
            steps = [None] if end in tokens else range(len(log_probs(tokens)))
            for token in steps:
                found.append(
                    (tokens, total) if token is None else (tokens + [token], total + log_probs(tokens)[token].item())
                )
        return extended(sorted(found, key=lambda one: one[1])[::-1][:width], rounds - 1)

    return extended([([], 0.0)], most)


edit_alternative("copied", part="search", replace=("[*tokens, token]", "tokens + [token]"))
edit_alternative(
    "keyed", part="search", replace=("sorted(longer, reverse=True)", "sorted(longer, key=lambda one: -one[0])")
)

edit(
    "goes-on-behind-the-end",
    "Extends sentences that have ended.",
    hint="A beginning that ends with `end` is finished: it goes on unchanged.",
    part="search",
    replace=("tokens[-1:] == [end]", "tokens[-1:] == [-1]"),
)
edit(
    "finished-thrown-away",
    "Throws finished sentences away.",
    hint="A finished sentence keeps its sum and competes with the rest.",
    part="search",
    replace=("longer.append((total, tokens))", "longer.append((-1e9, tokens))"),
)
edit(
    "least-probable",
    "Keeps the least probable beginnings.",
    hint="The largest sums are kept.",
    part="search",
    replace=("sorted(longer, reverse=True)", "sorted(longer)"),
)
edit(
    "last-step-only",
    "Compares the last step's log-probabilities, and not the sums.",
    hint="Add each step's log-probability to the sum of the beginning.",
    part="search",
    replace=("total + more", "more"),
)
edit(
    "greedy-always",
    "Keeps one beginning, whatever the width is.",
    hint="`width` beginnings go on.",
    part="search",
    replace=("[:width]", "[:1]"),
)


@mistake(
    "first-to-end",
    "Returns the first sentence that ends.",
    hint="A beginning that has not ended yet may have a larger sum. The rounds go on, and the best of the last one counts.",
    part="search",
)
def first_to_end(log_probs, width, end, most):
    beam = [(0.0, [])]
    for _ in range(most):
        longer = [
            (total + more, [*tokens, k]) for total, tokens in beam for k, more in enumerate(log_probs(tokens).tolist())
        ]
        beam = sorted(longer, reverse=True)[:width]
        for total, tokens in beam:
            if tokens[-1] == end:
                return tokens, total
    return beam[0][1], beam[0][0]

edit(
    "mean-per-token",
    "Compares means per token.",
    hint="Sums are compared: a short sentence has fewer summands, and that is as it should be.",
    replace=("sorted(longer, reverse=True)[:width]", "sorted(longer, key=lambda one: one[0] / max(len(one[1]), 1), reverse=True)[:width]"),
)
