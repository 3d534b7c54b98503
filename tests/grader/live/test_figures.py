"""matplotlib in the sandbox: it imports at once and without a word, and what it draws arrives as plain data."""

from __future__ import annotations

from typing import Any

import pytest

from grader.grading import Grader
from grader.records.figure import MAX_SIDE, Bars, Boxes, Figure, Image, Line, Note, Panel, Points, Regions, Rule

PLT = "import warnings\nwarnings.simplefilter('error')\nimport numpy as np\nimport matplotlib.pyplot as plt\n"


def figures(grader: Grader, source: str, **options: Any) -> list[Figure]:
    run = grader.run(PLT + source, name="demo.py", seconds=20, **options)
    assert run.status == "passed", run.message
    return [event["figure"] for event in run.events if event["type"] == "figure"]


def panel(grader: Grader, source: str) -> Panel:
    (figure,) = figures(grader, source + "\nplt.show()")
    (one,) = figure.panels
    return one


def test_it_imports_without_a_word_and_leaves_nothing(grader: Grader) -> None:
    run = grader.run(
        "import os\nbefore = os.listdir()\n" + PLT + "plt.plot([1])\nplt.show()\n"
        "print(plt.get_backend(), os.listdir() == before)",
        name="x.py",
    )
    assert run.output.text == "module://grader.live.canvas True\n"


@pytest.mark.slow
def test_a_source_that_does_not_name_it_may_use_it_all_the_same(grader: Grader) -> None:
    fresh = Grader()
    try:
        source = (
            "import importlib\nplt = importlib.import_module('mat' + 'plotlib.pyplot')\nplt.plot([1, 2])\nplt.show()"
        )
        run = fresh.run(source, name="x.py", seconds=20)
        assert run.status == "passed" and run.output.text == "" and len(run.events) == 1
    finally:
        fresh.close()


def test_lines_with_what_stands_around_them(grader: Grader) -> None:
    one = panel(
        grader,
        """
plt.plot([0, 1, 2], [1, np.nan, 3], label="loss", color="red")
plt.plot([0, 2], [2, 2], "k--o")
plt.axhline(1.5); plt.axvline(1, label="here")
plt.title("T"); plt.xlabel("step"); plt.ylabel("y"); plt.xlim(0, 2); plt.yscale("log"); plt.legend()
""",
    )
    assert (one.title, one.x_label, one.y_label, one.x_limits, one.y_log, one.x_log) == (
        "T",
        "step",
        "y",
        (0, 2),
        True,
        False,
    )
    assert one.legend and one.axes
    assert one.layers[0] == Line(x=[0, 1, 2], y=[1, None, 3], colour="#ff0000", label="loss")
    second = one.layers[1]
    assert isinstance(second, Line) and second.dashed and second.marked and second.label == ""
    assert [(rule.axis, rule.at, rule.label) for rule in one.layers if isinstance(rule, Rule)] == [
        ("y", 1.5, ""),
        ("x", 1, "here"),
    ]


def test_points_by_class(grader: Grader) -> None:
    one = panel(grader, "plt.scatter([0, 1, 2], [3, 4, 5], c=[0, 1, 0], cmap='gray', label='moons')")
    assert one.layers == [Points(x=[0, 1, 2], y=[3, 4, 5], colours=["#000000", "#ffffff", "#000000"], label="moons")]
    one = panel(grader, "plt.plot([0, 1], [3, 4], 'o')")
    assert isinstance(one.layers[0], Points)


def test_decision_regions_are_cells(grader: Grader) -> None:
    one = panel(
        grader,
        """
X, Y = np.meshgrid(np.linspace(-1, 1, 40), np.linspace(-1, 1, 40))
plt.contourf(X, Y, (X > 0) * 2.0 + (Y > 0), levels=[-0.5, 0.5, 1.5, 2.5, 3.5])
""",
    )
    (regions,) = one.layers
    assert isinstance(regions, Regions) and regions.extent == (-1, 1, -1, 1) and len(regions.colours) == 4
    corners = [regions.cells[i][j] for i in (1, -2) for j in (1, -2)]
    assert corners == ["b", "d", "a", "c"]  # the first row is the top


def test_contour_lines_say_their_level(grader: Grader) -> None:
    one = panel(
        grader,
        """
X, Y = np.meshgrid(np.linspace(-2, 2, 40), np.linspace(-2, 2, 40))
plt.contour(X, Y, X**2 + Y**2, levels=[1, 2])
""",
    )
    assert [layer.text for layer in one.layers if isinstance(layer, Note)] == ["1", "2"]
    assert len([layer for layer in one.layers if isinstance(layer, Line)]) == 2


def test_pictures_are_exact_at_28_and_scaled_above(grader: Grader) -> None:
    figure = figures(
        grader,
        """
a = np.arange(28 * 28).reshape(28, 28)
f, axs = plt.subplots(1, 3)
axs[0].imshow(a, cmap="gray"); axs[0].axis("off"); axs[0].set_title("seven")
axs[1].imshow(np.zeros((300, 200, 3)))
axs[2].imshow(a, cmap="gray_r", origin="lower")
plt.show()
""",
    )[0]
    first, second, third = (one.layers[0] for one in figure.panels)
    assert isinstance(first, Image) and isinstance(second, Image) and isinstance(third, Image)
    assert (first.width, first.height, first.mode, first.low, first.high) == (28, 28, "grey", 0, 783)
    assert first.rows()[0][0] == (0, 0, 0) and first.rows()[27][27] == (255, 255, 255)
    assert [one.column for one in figure.panels] == [0, 1, 2] and not figure.panels[0].axes
    assert figure.panels[0].title == "seven"
    assert second.mode == "rgb" and second.height <= MAX_SIDE and second.of == "300 x 200"
    assert third.rows()[0][0] == (255, 255, 255) and third.extent is not None
    assert third.extent[3] == -0.5  # its first row lies at the bottom


def test_bars_histograms_and_boxes(grader: Grader) -> None:
    one = panel(grader, "plt.bar(['a', 'b'], [1, 2], label='n')")
    assert one.layers == [
        Bars(left=[-0.4, 0.6], right=[0.4, 1.4], bottom=[0, 0], top=[1, 2], colour="#1f77b4", label="n")
    ]
    assert one.x_names == {"a": 0, "b": 1}
    one = panel(grader, "plt.hist([1, 2, 2, 3], bins=200)")
    assert isinstance(one.layers[0], Bars) and len(one.layers) == 1


@pytest.mark.parametrize("options", ["", ", patch_artist=True", ", whis=(0, 100), widths=0.2", ", showcaps=False"])
def test_upright_boxes_are_boxes_and_what_lies_outside_them_points(grader: Grader, options: str) -> None:
    one = panel(grader, f"plt.plot([1, 2], [0, 4]); plt.boxplot([[1, 2, 3, 4, 5], [2, 3, 4, 5, 19]]{options})")
    boxes, *others = one.layers
    assert isinstance(boxes, Boxes) and boxes.at == [1, 2]
    assert (boxes.first, boxes.median, boxes.third) == ([2, 3], [3, 4], [4, 5])
    assert boxes.low == [1, 2] and boxes.high == [5, 19 if "whis" in options else 5]
    assert any(isinstance(layer, Line) and layer.y == [0, 4] for layer in others)
    points = [layer.y for layer in others if isinstance(layer, Points) and layer.y]
    assert points == ([] if "whis" in options else [[19]])


def test_boxes_that_lie_and_a_square_that_is_drawn_stay_lines(grader: Grader) -> None:
    for code in ("plt.boxplot([[1, 2, 3]], orientation='horizontal')", "plt.plot([1, 2, 2, 1, 1], [0, 0, 1, 1, 0])"):
        assert all(isinstance(layer, Line | Points) for layer in panel(grader, code).layers), code


def test_a_confusion_matrix_of_ten_classes_is_whole(grader: Grader) -> None:
    numbers = "[plt.text(j, i, str(10 * i + j)) for i in range(10) for j in range(10)]"
    one = panel(grader, f"plt.imshow([[0, 1] * 5] * 10); {numbers}")
    assert [layer.text for layer in one.layers if isinstance(layer, Note)] == [str(n) for n in range(100)]


def test_a_figure_of_several_panels_keeps_their_places(grader: Grader) -> None:
    (figure,) = figures(
        grader,
        """
f = plt.figure(); f.suptitle("all")
for i in range(4):
    ax = f.add_subplot(2, 2, i + 1); ax.set_title(str(i)); ax.plot([i])
plt.show()
""",
    )
    assert figure.title == "all"
    assert [(one.row, one.column, one.title) for one in figure.panels] == [
        (0, 0, "0"),
        (0, 1, "1"),
        (1, 0, "2"),
        (1, 1, "3"),
    ]


def test_what_cannot_be_drawn_is_said(grader: Grader) -> None:
    found = figures(
        grader,
        """
plt.figure().add_subplot(projection="3d").plot([1], [1], [1]); plt.show()
plt.table(cellText=[["a"]]); plt.plot([1]); plt.yscale("symlog"); plt.show()
class Odd(plt.Line2D):
    def get_xdata(self, orig=True): raise ValueError("no")
plt.gca().add_line(Odd([0], [0])); plt.show()
""",
    )
    assert found[0].notes == ["A terminal does not draw 3d axes."]
    assert found[1].notes == ["A terminal does not draw a Table.", "A scale is symlog; it is drawn linear."]
    assert found[2].notes == ["Panel 1 cannot be drawn (ValueError)."]


def test_of_many_short_lines_some_are_drawn_and_that_is_said(grader: Grader) -> None:
    (figure,) = figures(grader, "plt.vlines(range(2000), 0, 1, colors=['red', 'blue'])\nplt.show()")
    assert len(figure.panels[0].layers) == 2 and figure.notes == ["Of many short lines not all are drawn."]


def test_showing_closes_and_nothing_is_shown_twice(grader: Grader) -> None:
    found = figures(
        grader, "plt.figure()\nplt.plot([1])\nplt.figure()\nplt.show()\nassert plt.get_fignums() == []\nplt.show()"
    )
    assert len(found) == 2


@pytest.mark.slow
def test_pictures_of_one_figure_take_its_place(grader: Grader) -> None:
    found = figures(
        grader,
        """
for i in range(30):
    plt.clf(); plt.plot([i, i]); plt.pause(0.01)
plt.show()
plt.plot([1]); plt.pause(0.01); plt.pause(0.01)
""",
    )
    keys = [one.key for one in found]
    assert keys[0] == 0 and len(keys) < 25 and keys[-1] == 1
    last = [one for one in found if one.key == 0][-1].panels[0].layers[0]
    assert isinstance(last, Line) and last.y == [29, 29]


def test_a_file_is_written_through_agg(grader: Grader) -> None:
    source = "plt.plot([1])\nplt.savefig('a.png')\nfrom pathlib import Path; print(Path('a.png').read_bytes()[1:4])"
    run = grader.run(PLT + source, name="x.py", seconds=20)
    assert run.output.text == "b'PNG'\n", run.message


def test_a_figure_stands_between_what_was_printed_before_and_after(grader: Grader) -> None:
    order: list[str] = []
    source = "plt.plot([1])\nfor i in range(20):\n    print(i)\n    plt.plot([1])\n    plt.show()\nprint('end')"
    run = grader.run(
        PLT + source,
        name="x.py",
        seconds=20,
        on_output=lambda text, _: order.extend(text.split()),
        on_event=lambda event: order.append("figure"),
    )
    assert run.status == "passed"
    assert order == [word for i in range(20) for word in (str(i), "figure")] + ["end"]


@pytest.mark.slow
def test_a_figure_of_far_too_much_is_bounded(grader: Grader) -> None:
    (figure,) = figures(
        grader,
        """
f, axs = plt.subplots(6, 6)
for ax in axs.flat:
    for i in range(120): ax.plot(np.random.rand(3000))
    ax.set_title("a" * 5000)
plt.show()
""",
    )
    assert len(figure.panels) < 36 and any("too large" in note for note in figure.notes)
    line = figure.panels[0].layers[0]
    assert isinstance(line, Line) and 20 < len(line.x) <= 40 and len(figure.panels[0].title) == 200


@pytest.mark.parametrize(
    ("shape", "panels", "mode"),
    [
        ((5, 4), 1, "grey"),
        ((1, 5, 4), 1, "grey"),
        ((3, 5, 4), 1, "rgb"),
        ((5, 4, 3), 1, "rgb"),
        ((6, 5, 4), 6, "grey"),
        ((6, 1, 5, 4), 6, "grey"),
        ((6, 3, 5, 4), 6, "rgb"),
        ((300, 1, 28, 28), 100, "grey"),
    ],
)
def test_show_takes_images_of_every_form(grader: Grader, shape: tuple[int, ...], panels: int, mode: str) -> None:
    source = f"import torch\nfrom tutor import live\nlive.show(torch.rand({shape}, requires_grad=True), title='t')"
    (figure,) = figures(grader, source)
    layers = [one.layers[0] for one in figure.panels]
    assert len(layers) == panels and figure.title == "t"
    assert all(isinstance(layer, Image) and layer.mode == mode for layer in layers)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("'text'", "show takes a figure, or an array of numbers, not a str"),
        ("np.zeros((2, 2, 2, 2, 2))", "show cannot draw an array of shape (2, 2, 2, 2, 2)"),
        ("np.zeros((0, 3))", "it is empty"),
        ("np.zeros((2, 4, 4)), ['a']", "show got 1 titles for 2 images"),
    ],
)
def test_what_show_cannot_draw_is_an_error(grader: Grader, call: str, sentence: str) -> None:
    run = grader.run(PLT + f"from tutor import live\nlive.show({call})", name="x.py")
    assert run.status == "error" and sentence in run.message
