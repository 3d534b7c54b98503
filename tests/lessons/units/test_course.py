"""The course itself: it loads and is sound. What takes judging is proved, and kept, by `dl-tutor lint`."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.proof import vocabulary
from lessons.lint.linter import lint, waivers
from lessons.loading.loader import load_course

ROOT = Path(__file__).parents[3]
COURSE = load_course(ROOT / "lessons" / "units")


@pytest.mark.slow
def test_the_course_is_sound() -> None:
    assert [str(problem) for problem in lint(COURSE, names=vocabulary.names())] == []


def test_little_is_waived() -> None:
    """Random matrices, transposed, are as random; two questions are about square matrices, and points of the plane
    have two coordinates; pictures are square and have one colour; four neurons and a small autoencoder have the sizes
    that they have; bounds of chance are nobody's to know; a good start may be made of any numbers; a network for
    regression has one output; a single picture may be padded; a residual block has as many outputs as inputs; a
    kernel for diagonal edges may be transposed; and random numbers have no order."""
    assert [(waiver.where, waiver.rule) for waiver in waivers(COURSE)] == [
        ("random-bits.bits", "stated"),
        ("cube-norms.cube", "trivial-transposed"),
        ("cube-norms.eigenvalues", "shapes"),
        ("cube-norms.cube", "stated"),
        ("odd-places.reshape", "shapes"),
        ("relu-neuron.repaired", "shapes"),
        ("relu-neuron.repaired", "stated"),
        ("direct-gradient.direct", "shapes"),
        ("direct-gradient.timing", "stated"),
        ("better-start.start", "trivial-numbers"),
        ("tiny-gradients.points", "shapes"),
        ("full-cost.cost", "shapes"),
        ("a-mini-batch.load", "stated"),
        ("sgd-step.step", "shapes"),
        ("five-values.line", "shapes"),
        ("five-values.gradient", "shapes"),
        ("five-values.autograd", "shapes"),
        ("first-valley.settings", "trivial-numbers"),
        ("decaying-steps.descent", "shapes"),
        ("layer-statistics.network", "shapes"),
        ("layer-statistics.stats", "shapes"),
        ("sum-or-mean.gradients", "shapes"),
        ("diagonal-edges.kernel", "trivial-transposed"),
        ("conv-layer.start", "trivial-shuffled"),
        ("one-sided.sides", "shapes"),
        ("lenet.network", "shapes"),
        ("through-a-block.gradient", "shapes"),
        ("one-line.line", "shapes"),
        ("only-convolutions.network", "shapes"),
        ("translator.train", "budget"),
    ]
