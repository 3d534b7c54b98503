"""Whatever value comes where another was expected, the learner's answer has failed: it is never the grader that fails,
and never at the price of more time or memory than a right value takes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch

from grader.judge import authored
from grader.judge.attempt import Attempt
from grader.judge.diagnose import diagnose
from grader.judge.logged import Recorder
from grader.judge.reference import ReferenceFault, load
from grader.judge.rehearsal import Rehearsals, copied
from grader.judge.worker_handle import WorkerHandle
from grader.protocol import wire
from grader.protocol.messages import Line
from grader.protocol.outcome import Outcome, parse
from grader.records.job import HandIn, Job, PartJob
from grader.records.verdict import PartVerdict
from grader.spec.script import Step
from tests.grader.judge.one_job import Unrecorded, one_job


class Deaf:
    """A line to nobody."""

    def send(self, message: object) -> None:
        pass


class Giving(WorkerHandle):
    """A worker whose code gives one value, whatever it is asked."""

    def __init__(self, value: Any, seen: Any) -> None:
        super().__init__(cast(Line, Deaf()))
        self.value, self.seen = value, seen

    def fetch(self) -> None:
        pass

    def load(self, source: str, name: str, seed: int, fixtures: str) -> None:
        pass

    @property
    def answered(self) -> bool:
        return True

    def answer(self) -> Outcome:
        return Outcome()

    def begin(self) -> None:
        pass

    def play(self, step: Step, forbidden: Sequence[str] = ()) -> Outcome:
        return parse(copied({"value": self.value, "seen": self.seen}))

    def logged(self) -> Any:
        return {}


def judged(reference: str, value: Any, folder: Path, kind: str = "code", seen: Any = None) -> PartVerdict:
    job = one_job(folder, reference, kind, seed=3)
    (answer,) = job.answers
    (part,) = answer.parts
    rehearsals = Rehearsals(load(job), "e", folder, cast(Recorder, Unrecorded()))
    attempt = Attempt(job, answer, rehearsals, Giving(value, {} if seen is None else seen))
    verdict, trials = attempt.part(part)
    if trials:
        diagnose(rehearsals, part, trials)
    return verdict


HEAD = """
    import torch, math
    import numpy as np
    from grader.spec import Finding, alternative, case, cases, check, forall, gradient, mistake, script

    def f(x):
        return {right}

    @cases
    def some(rng):
        yield case(x=rng.normal(5, 3){options})

    @mistake("negative", "Is negative.", hint="Which sign?")
    def negative(x):
        return {wrong}
"""


def reference(right: str, options: str = "", wrong: str = "None", more: str = "") -> str:
    return textwrap.dedent(HEAD).format(right=right, options=options, wrong=wrong) + textwrap.dedent(more)


ASKED = """
    @check("it is what it should be")
    def what_it_should_be(got, ref, inputs):
        if abs(float(got) - float(ref)) > 0.1 * abs(ref) or math.isnan(math.exp(got)):
            return Finding(f"{got:.3f} is too far off")
"""
RANDOM = """
    @check("drawn from the rows")
    def drawn(got, ref, inputs):
        pictures, labels = got
        same = (pictures.double()[:, None] == inputs["x"].double()).all(-1)
        if len(pictures) != 2 or not same.any(1).all() or any(round(label) > 2 for label in labels.tolist()):
            return Finding(f"{len(pictures)} pictures")
"""
LOOPED = """
    @check("as many as it says")
    def as_many(got, ref, inputs):
        total = 0
        for number in range(got["count"]):
            total += number
        return None if total == 3 else Finding(f"{total}")
"""
HELD = """
    @forall("of any size", n=(2, 5), holds=lambda got, ref, inputs: len(got) == len(inputs["x"]) and bool(got[0] > -99))
    def any_size(rng, n):
        return case(x=rng.normal(n, 3), compare=False)
"""
WHEN = """
    @mistake(
        "small", "Is small.", hint="Larger?", when=lambda got, ref, inputs: (got.double() @ got.double().T).sum() < 0
    )
    def small(x):
        return -x
"""
SCRIPTED = """
    @cases
    def steps(rng):
        s = script("steps")
        s.call("f", rng.normal(4, 3), label="first", observe=("unchanged_inputs",))
        yield s

    @check("the first is positive", only="steps")
    def positive(got, ref, inputs):
        return None if float(got["first"]) * 2 > -1e9 else Finding("negative")
"""
KINDS: dict[str, str] = {
    "a float": reference("3.5", wrong="-3.5"),
    "a float in a check": reference("3.5", ", compare=False", more=ASKED),
    "an int": reference("7", wrong="-7"),
    "a complex number": reference("3.5 + 1j"),
    "a text": reference("'seven'"),
    "a truth value": reference("True"),
    "a list of floats": reference("[1.5, 2.5]", wrong="[2.5, 1.5]"),
    "a list in any order": reference("[1.5, 2.5]", ", canonical=sorted"),
    "a tuple": reference("(1.5, 'x')"),
    "a dict": reference("{'a': 1.5, 'b': [1, 2]}"),
    "a dict in a check": reference("{'count': 3}", ", compare=False", more=LOOPED),
    "a set": reference("{1, 2}"),
    "bytes": reference("b'abc'"),
    "a dtype": reference("torch.float32"),
    "a tensor": reference("x.sum(1)", wrong="-x.sum(1)"),
    "a whole tensor": reference("(x > 0).sum(1)"),
    "a tensor in canonical form": reference("x.sum(1)", ", canonical=lambda t: (t[:, None] @ t[None]).sort().values"),
    "an array": reference("x.numpy()"),
    "a tensor observed": reference("x * 2", ", observe=('unchanged_inputs', 'shares_storage', 'grad_fn')"),
    "a gradient": reference("2 * x.double()", ", gradient=gradient(lambda x: (x**2).sum(), {'x': POINT})").replace(
        "x=rng.normal(5, 3)", "x=POINT.float()"
    )
    + "\nPOINT = torch.tensor([0.5, 0.7]).double()\n",
    "a pair in a check": reference("(x[:2], torch.arange(2))", ", compare=False", more=RANDOM),
    "a property": reference("x.sum(1)", more=HELD),
    "a predicate": reference("x * 2", more=WHEN),
    "a script": reference("x.sum()", more=SCRIPTED),
}


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


VALUES: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "a truth value": lambda: False,
    "a text": lambda: "a text",
    "an empty text": lambda: "",
    "half a character": lambda: "\ud800",
    "a long text": lambda: "x" * 9000,
    "an int of 400 digits": lambda: 10**400,
    "minus an int of 1,200 digits": lambda: -(10**1200),
    "an int too long for a frame": lambda: 10**5000,
    "not a number": lambda: math.nan,
    "infinity": lambda: math.inf,
    "a complex infinity": lambda: complex(math.inf, math.nan),
    "the largest float": lambda: 1.7e308,
    "bytes": lambda: b"\xff" * 9,
    "a class": lambda: int,
    "an empty list": lambda: [],
    "a list of everything": lambda: [None, "a", 1, 2.5, torch.ones(2), {1: 2}, {3}, b"x", 10**400],
    "a deep list": lambda: nested(30),
    "a long list": lambda: [0] * 9000,
    "a list of texts": lambda: ["a", "b"],
    "a list of huge ints": lambda: [10**400, -(10**400)],
    "a pair of huge ints": lambda: (10**400, 10**400),
    "a dict with odd keys": lambda: {None: 1, (1, 2): 2, 3.5: 3, b"x": 4, "a": 10**400, True: 5},
    "a dict of the right names": lambda: {"a": 10**400, "b": "text", "count": 10**400},
    "a huge count": lambda: {"count": 10**12, "a": 1.5, "b": [1, 2]},
    "a set": lambda: {1, "a", 2.5},
    "a dtype": lambda: torch.float16,
    "an empty tensor": lambda: torch.zeros(0, 3),
    "a tensor of another rank": lambda: torch.zeros(1, 1, 1, 1),
    "a number as a tensor": lambda: torch.tensor(math.nan),
    "a tensor of infinities": lambda: torch.full((5,), math.inf),
    "a complex tensor": lambda: torch.ones(5, dtype=torch.complex64),
    "a tensor of truth values": lambda: torch.ones(5, 3, dtype=torch.bool),
    "a tensor of bytes": lambda: torch.full((5, 3), 255, dtype=torch.uint8),
    "a huge tensor": lambda: torch.zeros(300, 400, dtype=torch.uint8),
    "a huge pair": lambda: (torch.zeros(3000, 300, dtype=torch.uint8), torch.zeros(3000, dtype=torch.int64)),
    "a pair with a bad label": lambda: (torch.zeros(2, 3), torch.tensor([math.nan, math.inf])),
    "an array": lambda: np.full((5, 3), np.nan),
    "an array without a shape": lambda: np.array(2.5),
}


@pytest.mark.filterwarnings("ignore")  # of what the checks' own code does to odd values
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_comes_has_failed(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value, where it is not the right one, is judged as failed: a fault of the reference would be raised."""
    monkeypatch.setattr(authored, "SECONDS", 0.1)
    monkeypatch.setattr(authored, "FREE", 5000)
    for name, make in VALUES.items():
        verdict = judged(KINDS[kind], make(), tmp_path)
        assert verdict.status in ("failed", "error"), (name, verdict)
        assert verdict.score < verdict.max, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_value_passes(kind: str, tmp_path: Path) -> None:
    """The table above proves something only where the right value does pass."""

    source = KINDS[kind]
    job = Job(
        exercise="e", path=str(tmp_path / "reference.py"), reference=source, fixtures="", name="e.py",
        entries={"p": "f"}, answers=(),
    )  # fmt: skip
    rehearsals = Rehearsals(load(job), "e", tmp_path, cast(Recorder, Unrecorded()))
    part = PartJob(id="p", kind="code", entry="f", points=1, seconds=1)
    attempt = Attempt(job, HandIn(source="", seed=3, randomness=3, parts=(part,)), rehearsals, Giving(None, {}))
    attempt._play = lambda trial: trial.got.extend(trial.expected)  # type: ignore[method-assign]
    assert attempt.part(part)[0].status == "passed"


def test_an_observation_that_is_no_plain_value_is_no_answer() -> None:
    for said in (torch.zeros(3), np.zeros(3), 2.5, {"a": 1}, [[[[[[1]]]]]], b"x", (1, 2)):
        with pytest.raises(ValueError, match="observation"):
            parse({"value": 1, "seen": {"unchanged_inputs": said}})
    with pytest.raises(ValueError):
        parse({"value": 1, "seen": {3: True}})


@pytest.mark.parametrize("said", [True, 1, "text", [], [["a"], None]])
def test_an_observation_of_another_form_is_another_observation(said: Any, tmp_path: Path) -> None:
    seen = {"unchanged_inputs": said, "shares_storage": said, "grad_fn": said}
    verdict = judged(KINDS["a tensor observed"], torch.zeros(5, 3), tmp_path, seen=seen)
    assert verdict.status == "failed"


def test_a_check_that_takes_too_long_over_a_value_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authored, "SECONDS", 0.2)
    verdict = judged(KINDS["a dict in a check"], {"count": 10**12}, tmp_path)
    failed = next(check for check in verdict.checks if check.status == "failed")
    assert failed.message == "The checks on your result could not be answered within 0.2 s."


def test_a_check_that_takes_too_long_over_the_right_value_is_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authored, "SECONDS", 0.2)
    endless = KINDS["a dict in a check"].replace("{'count': 3}", "{'count': 10**12}")
    with pytest.raises(ReferenceFault, match="could not be answered"):
        judged(endless, {"count": 10**12}, tmp_path)


def test_nothing_is_computed_from_a_value_that_is_far_too_large(tmp_path: Path) -> None:
    """What a check computes from a large tensor takes many times its memory, before sizes are compared."""
    value = (torch.zeros(30_000, 300, dtype=torch.uint8), torch.zeros(30_000, dtype=torch.int64))
    verdict = judged(KINDS["a pair in a check"], value, tmp_path)
    failed = next(check for check in verdict.checks if check.status == "failed")
    assert failed.message.startswith("Your result holds 9,030,002 numbers")


def test_each_buffer_of_a_frame_is_taken_once() -> None:
    one = {"$": "t", "v": 0}
    header = b'{"v":[%s,%s],"b":[["uint8",[3]]]}' % ((str(one).replace("'", '"').encode(),) * 2)
    with pytest.raises(wire.WireError, match="named twice"):
        wire.unpack(header, bytes(3))
