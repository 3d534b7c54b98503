"""What two files have in common over some lines is found, however it is disguised; what is nobody's own is not."""

from __future__ import annotations

import random

from grader.batch.fingerprints import FEW, RUN, WINDOW, Prints, alike, fingerprints
from grader.batch.normal_tree import Token, normal, parsed

OWN = """
def train(xs, ys, steps, rate):
    w = 0.0
    seen = []
    for step in range(steps):
        for x, y in zip(xs, ys):
            guess = w * x
            error = guess - y
            w = w - rate * error * x
            seen.append(error * error)
        if sum(seen[-5:]) < 1e-6:
            break
    return w, seen
"""
COPY = (
    OWN.replace("guess", "g")
    .replace("error", "e")
    .replace("seen", "log")
    .replace("    w = 0.0\n", "    w = 0.0  # go\n")
)
OTHER = """
def train(xs, ys, steps, rate):
    history = [1.0]
    weights = {"w": 0.0}
    while len(history) <= steps:
        gradient = sum(2 * (weights["w"] * a - b) * a for a, b in zip(xs, ys)) / len(xs)
        weights["w"] -= rate * gradient
        history.append(abs(gradient))
        if history[-1] == history[-2]:
            return weights["w"], history
    return weights["w"], history[1:]
"""


def prints(source: str) -> Prints:
    tree = parsed(source)
    form = normal(tree, frozenset({"train"})) if tree is not None else None
    assert form is not None
    return fingerprints(form.tokens)


def test_a_copy_is_found_whatever_its_names_are_and_another_way_is_not() -> None:
    files = {"ada": prints(OWN), "bob": prints(COPY), "eve": prints(OTHER)}
    (pair,) = alike(files, ())
    assert (pair.left, pair.right, pair.share) == ("ada", "bob", 1.0)
    lines = {line for number in pair.shared for line in files["ada"][number]}
    assert lines == set(range(2, 14)), "the lines that both have"


def test_a_passage_is_found_within_another_file() -> None:
    loop = OWN[OWN.index("    for step") : OWN.index("        if sum")]
    other = OTHER.replace("    history = [1.0]\n", f"    history = [1.0]\n    seen, w = [], 0\n{loop}")
    shared = set(prints(OWN)) & set(prints(other))
    assert {line for number in shared for line in prints(other)[number]} >= set(range(5, 10))


def test_what_the_course_or_many_wrote_is_left_out() -> None:
    files = {"ada": prints(OWN), "bob": prints(COPY)}
    assert alike(files, prints(OWN)) == []
    crowd = {f"learner-{number}": prints(OWN) for number in range(FEW + 1)}
    assert alike(crowd, ()) == []
    assert len(alike(dict(list(crowd.items())[:FEW]), ())) == FEW * (FEW - 1) // 2
    assert alike({"ada": prints("x = 1\n"), "bob": prints("x = 1\n")}, ()) == [], "too short to say anything"


def test_every_common_run_of_the_promised_length_has_a_fingerprint_in_both() -> None:
    rng = random.Random(5)
    for _ in range(50):
        common = [Token(f"c{rng.randrange(50)}", 1) for _ in range(RUN + WINDOW - 1)]
        files = []
        for who in "ab":
            ends = [[Token(f"{who}{rng.random()}", 2) for _ in range(rng.randrange(40))] for _ in range(2)]
            files.append(fingerprints([*ends[0], *common, *ends[1]]))
        assert files[0].keys() & files[1].keys()


def test_fingerprints_are_the_same_in_every_process() -> None:
    tokens = [Token("a", 1)] * RUN
    assert list(fingerprints(tokens)) == [7703782596983394866]
    assert fingerprints(tokens[1:]) == {}
