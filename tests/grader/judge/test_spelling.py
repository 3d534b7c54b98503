"""How a verdict writes a call, and what it calls the arguments."""

from __future__ import annotations

from typing import Any

import torch

from grader.judge.given import given
from grader.judge.spelling import spell
from grader.judge.trial import Trial, observations
from grader.protocol.outcome import Outcome
from grader.spec.inputs import fixture
from grader.spec.script import case, script


class Layer:
    def __init__(self, wide: int) -> None: ...

    def forward(self, x: Any) -> None: ...


def step(w: Any, gradient: Any, /, alpha: float) -> None: ...


def make_network(widths: Any) -> None: ...


def any_number(*args: Any) -> None: ...


NAMESPACE = {"Layer": Layer, "step": step, "make_network": make_network, "any_number": any_number}


def test_inputs_without_names_get_those_of_the_reference() -> None:
    one = case(torch.zeros(2), 3, kwargs={"alpha": 0.5})
    one.steps[0].target = "step"
    spell(one, NAMESPACE)
    assert one.steps[0].spelled == "step(w, gradient, alpha=...)"
    assert list(one.inputs) == ["w", "gradient", "alpha"]
    assert given(one) == "w = [0, 0] (float32), gradient = 3, alpha = 0.5"


def test_an_authors_own_names_stay() -> None:
    one = case(v=1, w=2, rate=3)
    one.steps[0].target = "step"
    spell(one, NAMESPACE)
    assert list(one.inputs) == ["v", "w", "rate"]


def test_a_function_that_names_nothing() -> None:
    one = case(1, 2)
    one.steps[0].target = "any_number"
    spell(one, NAMESPACE)
    assert (
        one.steps[0].spelled == "any_number(argument 1, argument 2)" and given(one) == "argument 1 = 1, argument 2 = 2"
    )


def test_of_a_script_arguments_are_called_what_the_task_calls_them() -> None:
    s = script("a run")
    layer = s.new("Layer", 4)
    s.call(layer, torch.ones(1))
    network = s.call("make_network", [5, 7])
    s.call(network, torch.zeros(1))
    spell(s, NAMESPACE)
    assert [one.spelled for one in s.steps] == [
        "Layer(wide)",
        "layer(x)",
        "make_network(widths)",
        "make_network(...)(argument 1)",
    ]
    assert given(s, s.steps[1]) == "x = [1] (float32)"
    assert given(s, s.steps[3]) == "[0] (float32)"  # its forward pass is known to nobody, and it stands alone


def test_of_a_run_the_functions_that_the_task_names_are_told() -> None:
    s = script("a run", labels=torch.ones(3))
    network = s.call("make_network", [5, 7])
    s.ask(network, torch.zeros(1))
    spell(s, NAMESPACE)
    assert s.steps[1].spelled == "make_network(...)(argument 1)"  # `labels` is what the checks know, and no name of it
    assert given(s) == "widths = [5, 7]"


def test_a_function_of_the_exercise_is_called_by_its_name() -> None:
    s = script("a run")
    s.call(fixture("run"), torch.zeros(1))
    spell(s, NAMESPACE)
    assert s.steps[0].spelled == "run(argument 1)" and given(s, s.steps[0]) == "[0] (float32)"


def test_the_same_again_is_said_once() -> None:
    s = script("three steps")
    for _ in range(3):
        s.call("step", 1.0, 2.0, 0.1)
    s.call("step", 1.0, 2.0, 0.2)
    spell(s, NAMESPACE)
    said = given(s)
    assert said is not None and said.count("alpha = 0.1") == 1 and said.count("alpha = 0.2") == 1


def test_memory_that_is_shared_is_told_by_name() -> None:
    one = case(torch.zeros(2), torch.zeros(2), 0.1, observe=["shares_storage"])
    one.steps[0].target = "step"
    spell(one, NAMESPACE)
    right, mine = (Outcome(seen={"shares_storage": pairs}) for pairs in ([], [[0, 1]]))
    seen = observations(Trial(one, [right], got=[mine]), [right])
    assert seen["shares_storage"].sentence == (
        "Result 1 looks at the memory of gradient, and should have memory of its own."
    )
