"""The secret of this machine: made once, readable by its owner only, and in nothing that code is shown."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import secret
from grader.grading import Answer, Grader
from grader.records.given import Given
from grader.spec.rng import Rng, stream
from lessons.schema import Exercise
from tests.grader.conftest import Written

Write = Callable[..., Exercise]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "home" / "secret"
    monkeypatch.setattr(secret, "place", lambda: file)
    return file


def test_it_is_made_once_and_for_its_owner_only(place: Path) -> None:
    first = secret.number("worker", "a", 7)
    assert place.stat().st_mode & 0o777 == 0o600 and len(place.read_bytes()) == secret.SIZE
    assert [*place.parent.iterdir()] == [place]
    secret._secret.cache_clear()
    assert secret.number("worker", "a", 7) == first != secret.number("worker", "a", 8)
    place.unlink()
    secret._secret.cache_clear()
    assert secret.number("worker", "a", 7) != first


def test_who_makes_it_at_the_same_time_has_the_same(place: Path) -> None:
    found: set[bytes] = set()

    def make() -> None:
        found.add(secret._secret.__wrapped__(place))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {place.read_bytes()}


def test_where_it_cannot_be_kept_it_is_the_processs_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(secret, "place", lambda: tmp_path / "file" / "secret")
    assert secret.number("a") == secret.number("a") != secret.number("b")


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DL_TUTOR_HOME", str(tmp_path))
    assert secret.place() == tmp_path / "secret"
    monkeypatch.delenv("DL_TUTOR_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert secret.place() == tmp_path / "dl-tutor" / "secret"


def test_a_number_says_whether_it_was_issued_here_and_for_what(place: Path) -> None:
    nonce = secret.issue("sizes", "rows", 2**31 - 1)
    assert secret.issued("sizes", "rows", nonce) and 0 <= nonce < 1 << 63
    assert secret.drawn_from(nonce) == 2**31 - 1 and secret.drawn_from(5) == 5
    for other in (nonce + 1, nonce ^ 1 << 40, nonce & 0xFFFFFFFF, 0, 1, 7, -nonce, nonce << 64, 10**6000):
        assert not secret.issued("sizes", "rows", other)
    assert not secret.issued("sizes", "columns", nonce) and not secret.issued("size", "srows", nonce)


SEED = """
import torch, random, numpy
print(torch.initial_seed(), random.getrandbits(60), numpy.random.randint(1 << 30))
def f(x):
    print(float(x[0]))
    return 2 * x
"""
DOUBLE = """
from grader.spec import case, cases

def f(x):
    return 2 * x

@cases
def vectors(rng):
    yield case(x=rng.normal(3))
"""


def said(grader: Grader, exercise: Exercise, seed: int | None) -> tuple[int, float, str]:
    """The worker's seed and the first number of its input, and all that it printed."""
    text = grader.grade(exercise, SEED, {}, seed=seed).output.text
    return int(text.split()[0]), float(text.split()[3]), text


def test_the_same_seed_gives_the_same_randomness_and_inputs_again(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    for seed in (7, 5 << 32):
        assert said(grader, exercise, seed)[2] == said(grader, exercise, seed)[2]
    assert said(grader, exercise, 7)[:2] != said(grader, exercise, 8)[:2]


def test_the_workers_seed_is_no_hash_of_the_seed(grader: Grader, exercise_of: Write) -> None:
    worker = said(grader, exercise_of(DOUBLE), 7)[0]
    known = {7, secret.inputs(7, "small"), secret.inputs(7, "small") >> 1}
    hashes = {
        int.from_bytes(hashlib.new(kind, f"{separator}".join((str(one), *names)).encode()).digest()[:8], order) >> shift
        for one in known
        for kind in ("sha256", "sha1", "md5")
        for separator in ("", chr(0), "/", " ")
        for names in (("small", "worker"), ("worker",), (), ("worker", "small"))
        for order in ("little", "big")
        for shift in (0, 1)
    }
    assert worker not in known | hashes
    assert worker == secret.number("worker", "small", 7)


def test_a_small_seed_does_not_give_the_inputs_away(grader: Grader, exercise_of: Write) -> None:
    """Who knows that it was 7, or tries all small ones, draws other inputs than the grader."""
    _, first, _ = said(grader, exercise_of(DOUBLE), 7)
    guessed = [float(Rng(stream(seed, "small", "one", "vectors")).normal(3)[0]) for seed in range(2000)]
    assert first not in guessed
    large = 3 << 32
    assert said(grader, exercise_of(DOUBLE), large)[1] == float(
        Rng(stream(large, "small", "one", "vectors")).normal(3)[0]
    )


def test_a_fresh_seed_cannot_be_found_by_trying(grader: Grader, exercise_of: Write) -> None:
    seeds = [grader.grade(exercise_of(DOUBLE), "def f(x):\n    return 2 * x\n", {}).seed for _ in range(5)]
    assert min(seeds) >= secret.GUESSABLE and len(set(seeds)) == 5


def test_what_the_linter_hands_in_is_the_same_on_every_machine(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(DOUBLE)
    one = Answer(source=SEED, parts=exercise.parts, seed=7, given={})
    text = grader.grade_all(exercise, [one])[0].verdict.output.text
    assert int(text.split()[0]) == stream(7, "small", "worker")
    assert float(text.split()[3]) == float(Rng(stream(7, "small", "one", "vectors")).normal(3)[0])


NUMERIC = """
  - {id: twice, kind: numeric, covers: [E1.1.1], points: 3, text: 'The double of {n}?'}
"""
QUESTIONS = """
from grader.spec import Question

def twice(rng):
    n = rng.randrange(100)
    return Question(values={"n": n}, answer=2 * n)
"""


def test_an_answers_file_does_not_choose_its_numbers(grader: Grader, written: Written) -> None:
    from grader.questions.sampling import sample

    exercise = written(NUMERIC, questions=QUESTIONS)
    part = exercise.parts[0]
    for nonce in (0, 1, 7, 1 << 40, -1, 10**6000):
        right = sample(exercise, part, nonce).answer if 0 <= nonce < 1 << 63 else 0
        verdict = grader.grade(exercise, None, {"twice": Given(str(right), nonce)})
        assert (verdict.status, verdict.score) == ("skipped", 0) and "not issued here" in verdict.parts[0].message
    chosen = Given(str(sample(exercise, part, 7).answer), 7)
    assert grader.grade(exercise, None, {"twice": chosen}, trust_numbers=True).passed
    nonce = secret.issue(exercise.id, part.id, 12345)
    right, wrong = sample(exercise, part, nonce).answer, "-1"
    assert grader.grade(exercise, None, {"twice": Given(str(right), nonce)}).passed
    assert grader.grade(exercise, None, {"twice": Given(wrong, nonce)}).status == "failed"


def test_code_cannot_read_it(grader: Grader) -> None:
    grader.warm()
    if grader.host.level < 2:
        pytest.skip(f"level 2 is not to be had here: {grader.host.off}")
    secret.number("makes it")
    run = grader.run(f"print(open({str(secret.place())!r}, 'rb').read())", name="thief.py")
    assert run.status == "error" and "Errno 13" in run.message, run


@pytest.mark.slow
def test_code_cannot_read_it_where_the_data_sets_lie_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(secret, "place", lambda: tmp_path / "secret")
    monkeypatch.setenv("DL_TUTOR_DATA", str(tmp_path))
    secret.number("makes it")
    (tmp_path / "sets").mkdir()
    with Grader() as fresh:
        fresh.warm()
        if fresh.host.level < 2:
            pytest.skip(f"level 2 is not to be had here: {fresh.host.off}")
        source = f"import os\nprint(os.listdir({str(tmp_path / 'sets')!r}))\nopen({str(tmp_path / 'secret')!r})"
        run = fresh.run(source, name="thief.py")
    assert run.status == "error" and "Errno 13" in run.message and run.output.text == "[]\n", run
