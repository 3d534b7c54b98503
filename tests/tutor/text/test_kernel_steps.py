"""A launch in plain lines."""

from __future__ import annotations

from grader.records.inspection import (
    Fault,
    Inspection,
    KernelStep,
    LaunchSteps,
    Places,
    TensorShape,
    Tile,
    TileAccess,
)
from tutor.text import kernel_steps

MASK = ((True, True, False, False),)
ROW = ((0.12345, 2.0, "nan", "-inf"),)
ONE = TileAccess("stores", (1,), 1, 1, ((True,),), (Places("out", 5, 5),))
NONE = TileAccess("stores", (4,), 4, 0, ((False,) * 4,), ())
LOAD = TileAccess("loads", (4,), 4, 2, MASK, (Places("x", 2, 3),))
STEPS = (
    KernelStep(7, "row = tl.program_id(0)", "rows", (Tile("row", (), "int32", ((1,),)),), ()),
    KernelStep(8, "v = tl.load(x + i, mask=i < 2)", "rows", (Tile("v", (4,), "fp32", ROW),), (LOAD,)),
    KernelStep(9, "inside = i < 2", "rows", (Tile("inside", (4,), "int1", MASK),), ()),
    KernelStep(10, "place = out", "rows", (Tile("place", (4,), "pointer<fp32>", into=Places("out", 0, 0)),), ()),
    KernelStep(11, "t = wide", "rows", (Tile("t", (6, 40), "fp32", ((1.0,) * 32,) * 6),), ()),
    KernelStep(12, "tl.store(p, v)", "rows", (), (ONE,)),
    KernelStep(13, "tl.store(p, v, m)", "rows", (), (NONE,)),
)  # fmt: skip
X = TensorShape("x", (2, 2), (2, 1), "float32")


def launch(**other: object) -> LaunchSteps:
    named = {
        "kernel": "rows", "grid": (2,), "program": 1, "place": "1", "tensors": (X,), "constants": {"n": 2},
        "steps": STEPS, "left_out": 0, "fault": None, **other,
    }  # fmt: skip
    return LaunchSteps(**named)  # type: ignore[arg-type]


def test_a_launch_line_by_line() -> None:
    assert list(kernel_steps.lines(Inspection((launch(),)))) == [
        "rows: 2 programs. This is program 1.",
        "  x  2 x 2 float32, strides 2, 1",
        "  n = 2",
        "",
        "   7  row = tl.program_id(0)",
        "        row = 1",
        "",
        "   8  v = tl.load(x + i, mask=i < 2)",
        "        loads x[2] to x[3], 2 of 4 lanes",
        "          mask  ##..",
        "        v: 4 fp32",
        "          0.1235 2 nan -inf",
        "",
        "   9  inside = i < 2",
        "        inside: a mask of 4",
        "          ##..",
        "",
        "  10  place = out",
        "        place points to out[0]",
        "",
        "  11  t = wide",
        "        t: 6 x 40 fp32",
        *["          " + "1 " * 16 + "…"] * 4,
        "          …",
        "",
        "  12  tl.store(p, v)",
        "        stores out[5]",
        "",
        "  13  tl.store(p, v, m)",
        "        stores nothing: the mask lets no lane through",
    ]


def test_what_is_not_shown_and_what_went_wrong_are_said_last() -> None:
    fault = Fault("program 0 reads x[4], and x has 4 elements: is its mask right?", 8, 0)
    *_, more, said, where, left = kernel_steps.lines(Inspection((launch(left_out=3, fault=fault),), left_out=2))
    assert more == "      3 more lines were run."
    assert said == "   8  ! program 0 reads x[4], and x has 4 elements: is its mask right?"
    assert where == "      To look at that program: --program 0" and left == "2 more launches are not shown."
    (one,) = kernel_steps.lines(Inspection())
    assert one.startswith("No kernel was launched")
    (first, *_) = kernel_steps.heading(launch(grid=(1, 1), place="0", program=0))
    assert first == "rows: 1 program, a grid of 1 x 1. This is program 0."
