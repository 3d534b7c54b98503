"""A judge that has made itself ready judges as one that has not."""

from __future__ import annotations

import random
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import pytest
import torch

from grader.judge.logged import Recorder
from grader.judge.preparation import Preparation
from grader.judge.reference import ReferenceFault
from grader.records.job import Job
from tests.grader.judge.one_job import Unrecorded, one_job

REFERENCE = """
import torch
import numpy
import random
from grader.spec import case, cases

played = []

def f(x):
    played.append(1)
    return x * torch.rand(()) * numpy.random.rand() * random.random()

@cases
def vectors(rng):
    yield case(x=rng.normal(5))
    yield case(x=rng.normal(6))
"""


@pytest.fixture
def preparation(tmp_path: Path) -> Preparation:
    return Preparation(tmp_path, cast(Recorder, Unrecorded()))


def job(folder: Path, reference: str = REFERENCE, kind: str = "code", seed: int = 0) -> Job:
    return one_job(folder, reference, kind, seed)


def states() -> tuple[object, ...]:
    return random.getstate(), str(np.random.get_state()), torch.get_rng_state().tolist()


@pytest.mark.parametrize("kind, plays", [("code", 1), ("experiment", 0)])
def test_a_case_is_played_and_nothing_else_is_changed(
    preparation: Preparation, tmp_path: Path, kind: str, plays: int
) -> None:
    before = states()
    preparation.make(job(tmp_path, kind=kind))
    assert states() == before
    ready = preparation.rehearsals(job(tmp_path, kind=kind, seed=7))
    assert len(ready.reference.namespace["played"]) == plays


def test_another_reference_is_loaded_anew(preparation: Preparation, tmp_path: Path) -> None:
    preparation.make(job(tmp_path))
    ready = preparation.rehearsals(job(tmp_path))
    assert preparation.rehearsals(job(tmp_path)) is ready
    changed = msgspec.structs.replace(job(tmp_path), reference=REFERENCE + "\nchanged = True\n")
    other = preparation.rehearsals(changed)
    assert other is not ready and other.reference.namespace["changed"]


@pytest.mark.parametrize("fault", ["1 / 0\n", "def broken(:\n"])
def test_a_fault_is_told_to_who_is_judged_by_it(preparation: Preparation, tmp_path: Path, fault: str) -> None:
    preparation.make(job(tmp_path, REFERENCE + fault))
    with pytest.raises(ReferenceFault):
        preparation.rehearsals(job(tmp_path, REFERENCE + fault))
