"""Strict YAML: each kind of mistake is found at its place and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessons.error import LessonError, Mark
from lessons.loading.source import DEPTH, parse, read

PATH = Path("exercise.yaml")


def fails(text: str) -> LessonError:
    with pytest.raises(LessonError) as caught:
        parse(text, PATH)
    return caught.value


MISTAKES = [
    ("tab", "a:\n\tb: 1\n", 2, 1, "a tab in the indentation", "Indent with spaces."),
    ("colon", "a: b: c\n", 1, 5, "mapping values are not allowed", 'Put text that holds ": " in quotes.'),
    ("open quote", 'a: "b\n', 2, 1, "unexpected end of stream", "Close the quote."),
    ("open brace", "a: {b: 1\nc: 2\n", 2, 2, "did not find expected ',' or '}'", "Close the brace,"),
    ("open bracket", "a: [1, 2\nc: 2\n", 2, 2, "did not find expected ',' or ']'", "Close the bracket,"),
    ("no colon", "a: 1\nb\nc: 2\n", 3, 1, "could not find expected ':'", "Write `key: value`."),
    (
        "at sign",
        "a: @b\n",
        1,
        4,
        "cannot start any token",
        "Put text that begins with this character in quotes.",
    ),
    (
        "dedent",
        "a:\n    b: 1\n  c: 2\n",
        3,
        3,
        "did not find expected key",
        "Indent the keys of one mapping alike.",
    ),
    (
        "twice",
        "a: 1\nb: 2\na: 3\n",
        3,
        1,
        "the key `a` stands here for the second time",
        "The first is on line 1.",
    ),
    ("anchor", "a: &x 1\n", 1, 4, "an anchor, `&x`", "Write the value out wherever it is used."),
    ("alias", "a: &x [1]\n", 1, 4, "an anchor", "Write the value out"),
    ("undefined alias", "b: *x\n", 1, 4, "an alias, `*x`", "Write the value out where it is used."),
    ("merge", "a:\n  <<: {b: 1}\n", 2, 3, "a merge key, `<<`", "Write the keys out."),
    ("own tag", "a: !thing 1\n", 1, 4, "a tag, `!thing`", "Leave it out: the format knows the type."),
    ("standard tag", "a: !!str 1\n", 1, 4, "a tag, `!!str`", "Leave it out"),
    ("yes", "a: yes\n", 1, 4, "`yes` is text to one", 'Write "yes" in quotes for the text, or true'),
    ("no", "a: [x, no]\n", 1, 8, "`no` is text to one", 'Write "no" in quotes for the text, or false'),
    ("off as key", "off: 1\n", 1, 1, "`off` is text to one", 'Write "off" in quotes'),
    ("n", "a: n\n", 1, 4, "`n` is text to one", 'Write "n" in quotes'),
    (
        "octal",
        "a: 010\n",
        1,
        4,
        "octal to one YAML reader",
        'Write 10 without the zero for the number, or "010"',
    ),
    (
        "octal of 1.2",
        "a: 0o10\n",
        1,
        4,
        "a number to one YAML reader and text",
        "Write the number in decimal",
    ),
    ("binary", "a: 0b11\n", 1, 4, "a number to one YAML reader and text", "Write the number in decimal"),
    ("base sixty", "a: 1:30\n", 1, 4, "base sixty", 'Write "1:30" in quotes.'),
    (
        "exponent",
        "a: 1e5\n",
        1,
        4,
        "a number to one YAML reader",
        'Write 1.0e+5 for the number, or "1e5" in quotes',
    ),
    ("date", "a: 2024-01-31\n", 1, 4, "a date to one YAML reader", 'Write "2024-01-31" in quotes.'),
    (
        "underscores",
        "a: 1_000\n",
        1,
        4,
        "a number to one YAML reader",
        'Write 1000 for the number, or "1_000"',
    ),
    ("tilde", "a: ~\n", 1, 4, "`~` stands for no value", "Write null, leave the key out, or quote it: '~'."),
    ("equals", "a: =\n", 1, 4, "`=` has a meaning of its own", "Quote it: '='."),
    ("no value", "a:\nb: 1\n", 1, 3, "there is no value here", "Write the value, or leave the key out."),
    ("number as key", "a: 1\n2: b\n", 2, 1, "a key is text, and `2` is not", 'Write "2" in quotes.'),
    ("list as key", "[a]: b\n", 1, 1, "a key is text, not a list", "Quote it if it begins with a bracket."),
    (
        "two documents",
        "a: 1\n---\nb: 2\n",
        2,
        1,
        "a second document begins here",
        "Keep one document in a file.",
    ),
    ("empty", "# nothing\n", 1, 1, "there is nothing in it", "Write the keys that this file must have."),
    ("bell", "a: 1\nb: x\x07\n", 2, 5, "a control character, U+0007", "Delete it."),
    (
        "deep",
        "a: " + "[" * 30 + "]" * 30 + "\n",
        1,
        4 + DEPTH,
        "nested more than",
        "No file of the format is.",
    ),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "mend"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_each_mistake_has_its_place_and_mend(text: str, line: int, column: int, message: str, mend: str) -> None:
    error = fails(text)
    assert str(error).startswith(f"exercise.yaml:{line}:{column}: ")
    assert message in error.message
    assert error.mend.startswith(mend)


def test_values_are_those_of_yaml_1_2() -> None:
    text = """\
truth: [true, False]
nothing: null
whole: [0, -3, +4, 0x1F]
real: [1.5, .5, 2., -1.0e+5, .inf]
text: [a, yes sir, "no", '010', E1.1.1, 1.2.3, v1, -x, 3a]
block: |
  first
   second
"""
    data = parse(text, PATH).data
    assert data["truth"] == [True, False]
    assert data["nothing"] is None
    assert data["whole"] == [0, -3, 4, 31]
    assert data["real"] == [1.5, 0.5, 2.0, -1e5, float("inf")]
    assert data["text"] == ["a", "yes sir", "no", "010", "E1.1.1", "1.2.3", "v1", "-x", "3a"]
    assert data["block"] == "first\n second\n"


def test_marks_count_from_the_first_line_of_the_file() -> None:
    source = parse("a:\n  - b: 1\n", PATH, first_line=3)
    assert source.mark(("a", 0, "b")) == Mark(4, 8)
    assert source.mark(("a", 0, "b"), key=True) == Mark(4, 5)
    assert source.mark(("a", 7, "c")) == Mark(4, 3), "what is not there is looked for at its nearest parent"


def test_columns_count_characters() -> None:
    assert str(fails("ä: {ü: yes}\n")).startswith("exercise.yaml:1:8: ")


def test_a_file_that_is_missing_or_not_utf_8(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="missing") as caught:
        read(tmp_path / "unit.yaml")
    assert (caught.value.line, caught.value.mend) == (1, "Write it.")
    (tmp_path / "unit.yaml").write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(LessonError, match="not UTF-8") as caught:
        read(tmp_path / "unit.yaml")
    assert (caught.value.line, caught.value.column, caught.value.mend) == (2, 4, "Save the file as UTF-8.")


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    monkeypatch.setattr("lessons.loading.source.LOADER", yaml.SafeLoader)
    assert parse('a: [1, "2", x]\n', PATH).data == {"a": [1, "2", "x"]}
    assert str(fails("a:\n\tb: 1\n")).startswith("exercise.yaml:2:1: a tab")
    assert str(fails("a: 1\na: 2\n")).startswith("exercise.yaml:2:1: ")
