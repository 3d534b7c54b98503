"""What references are written with: seeded inputs, scripts that record, and no torch for questions."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from grader.spec import Handle, PathInput, Rng, case, fixture, script, stream


def test_one_seed_draws_the_same_and_another_seed_something_else() -> None:
    def drawn(seed: int) -> list[object]:
        rng = Rng(seed)
        return [
            rng.normal(3).tolist(),
            rng.uniform(2, 2).tolist(),
            rng.integers(0, 100),
            rng.choice("abcdef"),
            rng.generator(),
        ]

    assert drawn(1) == drawn(1) != drawn(2)


def test_each_use_of_a_nonce_has_a_stream_of_its_own() -> None:
    seeds = {stream(1, "a", "b"), stream(1, "ab"), stream(1, "a", "c"), stream(2, "a", "b")}
    assert len(seeds) == 4 and all(0 <= seed < 1 << 63 for seed in seeds)


def test_draws_have_the_shapes_dtypes_and_ranges_that_are_promised() -> None:
    rng = Rng(0)
    assert rng.normal(7, 5).shape == (7, 5) and rng.normal(2).dtype == torch.float32
    assert rng.normal(2, dtype=torch.float64).dtype == torch.float64
    assert abs(float(rng.normal(10_000, mean=3.0, std=0.1).mean()) - 3.0) < 0.01
    uniform = rng.uniform(1000, low=2.0, high=3.0)
    assert float(uniform.min()) >= 2.0 and float(uniform.max()) <= 3.0
    integers = rng.integers(2, 4, 100)
    assert integers.dtype == torch.int64 and set(integers.tolist()) == {2, 3}
    assert isinstance(rng.normal(), float) and isinstance(rng.integers(0, 5), int)
    assert sorted(rng.permutation(5).tolist()) == [0, 1, 2, 3, 4]


def test_a_case_names_its_inputs_and_passes_them_in_order() -> None:
    one = case(x=1, y=2, label="two", kwargs={"dim": 0})
    assert one.inputs == {"x": 1, "y": 2, "dim": 0}
    assert one.steps[0].args == (1, 2) and one.steps[0].kwargs == {"dim": 0}


def test_a_script_records_steps_and_hands_out_handles() -> None:
    s = script("a life")
    net = s.new("Net", 3)
    files = s.files(fixture("pngs"))
    y = s.call(net, files / "a.png", wrt=[0])
    s.backward(1.0)
    assert [step.op for step in s.steps] == ["new", "files", "call", "backward"]
    assert s.steps[2].args == (PathInput(Handle(1), "a.png"),)
    assert s.steps[3].target == y and not s.steps[0].compare


def test_backward_needs_something_to_go_back_from() -> None:
    with pytest.raises(ValueError, match="needs a call before it"):
        script("empty").backward()


def test_questions_are_written_without_torch() -> None:
    code = "import sys, grader.spec; grader.spec.Rng(1).integers(0, 9); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False", done.stderr
