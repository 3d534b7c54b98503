"""Each rule of the linter broken: what is replaced by what, where it is found, and what is said."""

from __future__ import annotations

UNIT = "1-tensors"
LESSON = f"{UNIT}/1-making"
EXERCISE = f"{LESSON}/exercises/doubling"
YAML = f"{EXERCISE}/exercise.yaml"
REFERENCE = f"{EXERCISE}/reference.py"
STARTER = f"{EXERCISE}/starter.py"
PROMPT = f"{EXERCISE}/prompt.md"
DEMO = f"{LESSON}/demos/first.yaml"
PROGRAM = f"{LESSON}/demos/first.py"
TEXT = f"{LESSON}/lesson.md"
TERMS = "glossary.yaml"
NUMBERS = f"{UNIT}/numbers.yaml"

HINTS = """\
      - {text: What is twice three?}
      - {text: Multiply.}
"""
CHECK = '@check("near")\ndef near(got, ref, inputs):\n    return got > 0.97\n\n\n@alternative\n'
EDIT = 'edit_alternative("a", replace={})\n\n\n@alternative\n'
NUMBERED = "numbers:\n  - {id: N1.1.1, what: The double of three., demos: [making/first]}"
SECOND_PART = """\
  - id: why
    kind: code
    covers: [E1.1.1]
    entry: treble
    hints: [{text: a}, {text: b}, {text: c, solution: true}]
  - id: third
"""

BROKEN = [
    # rule, file, old, new, line, column, words of the message
    ("coverage", "coverage.yaml", "{by: [making/first]}\n  N", "{}\n  N", 3, 3, "nobody covers D1.1.1"),
    ("coverage", "coverage.yaml", "{waived: It", "{by: [making/first], waived: It", 5, 3, "both covered and"),
    ("coverage", "coverage.yaml", "doubling.double,", "doubling.dble,", 2, 17, "there is no part `doubling."),
    ("coverage", "coverage.yaml", "D1.1.1: {by: [making/first", "D1.1.1: {by: [making/last", 3, 17, "demo"),
    ("coverage", "coverage.yaml", "  E1.1.2:", "  D1.1.2: {by: [making/first]}\n  E1.1.2:", 5, 17, "not say"),
    ("coverage", "coverage.yaml", "  D1.1.1: {by: [making/first]}\n", "", 2, 9, "coverage.yaml does not say"),
    ("coverage", YAML, "choice\n    covers: [E1.1.1]", "choice\n    covers: [E1.1.3]", 15, 13, "E1.1.3"),
    ("coverage", DEMO, "id: N1.1.1", "id: N1.1.2", 2, 9, "covers N1.1.2, and coverage.yaml does not"),
    ("numbers", NUMBERS, "N1.1.1", "N1.1.9", 2, 5, "coverage.yaml does not know N1.1.9"),
    ("numbers", NUMBERS, "demos: [making/first]", "demos: []", 2, 5, "are not those of coverage.yaml"),
    ("numbers", NUMBERS, NUMBERED, "numbers: []", 4, 3, "no numbers.yaml has N1.1.1"),
    ("fields", YAML, "    entry: double\n", "", 5, 5, "a part of kind code needs `entry`"),
    ("fields", YAML, "    text: Which is", "    entry: x\n    text: Which is", 16, 5, "choice has no use fo"),
    ("fields", YAML, "    text: Which is the double of 3?\n", "", 13, 5, "a part of kind choice needs `text"),
    ("fields", YAML, "kind: choice", "kind: explain", 13, 5, "a part of kind explain needs `rubric`"),
    ("hints", YAML, HINTS, "", 10, 7, "it has 1 of the three hints that are needed"),
    ("hints", YAML, ", solution: true", "", 12, 9, "the last hint is not the solution"),
    ("hints", YAML, "{text: Multiply.}", "{text: Multiply., solution: true}", 11, 9, "before the last hint"),
    ("options", YAML, ", why: That is the square.", "", 19, 9, "`nine` is wrong and does not say why"),
    ("options", YAML, "why: That is the square.", "right: true", 18, 7, "2 options are right, and a choice"),
    ("options", YAML, "right: true, ", "why: x, ", 18, 7, "0 options are right"),
    ("prompt", PROMPT, "Write `double(x)`, which returns $2x$.\n", "\n", 1, 1, "the prompt is empty"),
    ("starter", STARTER, "def double", "def twice", 1, 1, "`double` is not defined here"),
    ("starter", STARTER, "def double(x)", "def double(x", 4, 11, "this is no Python"),
    ("reference", REFERENCE, "def double", "def twice", 1, 1, "`double` is not defined here"),
    ("reference", REFERENCE, "@alternative\n", "", 1, 1, "the part `double` has 0 @alternative, and needs 1"),
    ("reference", REFERENCE, "@cases\n", "", 1, 1, "the part `double` has 0 @cases, and needs 1"),
    ("reference", REFERENCE, '@mistake("halves", "Halves.", hint="Is the double smaller?")\n', "", 1, 1, "h"),
    ("reference", REFERENCE, '"halves"', '"squares"', 25, 2, "two mistakes of the name `squares`"),
    ("reference", REFERENCE, "@cases\n", '@cases("duble")\n', 10, 2, "no part `duble` runs code. Did you me"),
    ("stated", REFERENCE, "@alternative\n", CHECK, 17, 18, "`near` compares with 0.97, and nothing that the learner"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format('("3", "4")'), 15, 1, "a: `3` does not occur in `double`"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format("OLD"), 15, 1, "a: `replace` is (old, new), two texts"),
    ("edit", REFERENCE, "@alternative\n", EDIT.replace('"a", ', "").format("OLD"), 15, 1, "an edit begins with its na"),
    ("edit", REFERENCE, "@alternative\n", EDIT.format('("2", "3"), of=f'), 15, 1, "no function or class `f` is"),
    ("edit", REFERENCE, "    return x / 2", '    edit("a", "A.", hint="a", replace=("2", "3"))', 27, 5, "top level"),
    ("imports", REFERENCE, "\ndef double", "import requests\n\ndef double", 5, 1, "may not import `requests"),
    ("imports", REFERENCE, "\ndef double", "from tutor import app\n\ndef double", 5, 1, "may not import `t"),
    ("imports", REFERENCE, "\ndef double", "from grader import judge\n\ndef double", 5, 1, "may not import"),
    ("imports", REFERENCE, "\ndef double", "from . import other\n\ndef double", 5, 1, "may not import `.`"),
    ("needs", YAML, "concepts: [tensor]", "concepts: [tensor]\nneeds: [dubling]", 4, 9, "there is no `dubli"),
    ("needs", YAML, "concepts: [tensor]", "concepts: [tensor]\nneeds: [doubling]", 4, 9, "in a circle: doub"),
    ("concepts", YAML, "concepts: [tensor]", "concepts: [tensor, shape]", 3, 20, "no lesson up to here teac"),
    ("glossary", TEXT, "concepts: [tensor]", "concepts: [tensor, dtype]", 5, 20, "does not explain `dtype`"),
    ("glossary", TERMS, "row.}", "row., see: [tensr]}", 2, 63, "no entry `tensr`. Did you mean `tensor`"),
    ("glossary", TERMS, "row.}", "row., see: [tensor]}", 2, 63, "`tensor` names itself"),
    ("glossary", TERMS, "row.}", "row.}\n  array: {term: Tensor, definition: x}", 3, 3, "is a word of `tensor` too"),
    ("formulas", TERMS, "Numbers", "$bad$ numbers", 2, 38, "cannot be shown"),
    ("identifiers", TERMS, "Numbers", "E1.1.1 numbers", 2, 38, "`E1.1.1` means nothing"),
    ("demos", DEMO, "max(doubles)", "max(dubles)", 4, 39, "leaves no name `dubles`. Did you mean `doubles`?"),
    ("demos", DEMO, "max(doubles)", "max(doubles", 4, 39, "`max(doubles` is no expression of Python: '(' was ne"),
    ("demos", DEMO, "max(doubles)", "'curve(\"doble\")[-1]'", 4, 39, "logs nothing as `doble`. Did you mean `double`?"),
    ("demos", PROGRAM, "print(doubles)", "print(doubles", 7, 6, "this is no Python"),
    ("logs", PROGRAM, ", step=n", "", 6, 5, "nobody sees what is logged without a step"),
    ("logs", PROGRAM, "step=n", "step=None", 6, 5, "nobody sees what is logged without a step"),
    ("logs", PROGRAM, "print(", 'live.log({"end": 6}, 3)\nprint(', 7, 1, "a point by itself is no curve"),
    ("logs", PROGRAM, "doubles[-1]}", "[n, n]}", 6, 5, "`[n, n]` is no number"),
    ("formulas", TEXT, "$x_1$", "$x_1$ and $bad$", 9, 29, "the formula `bad` cannot be shown: no such sign"),
    ("formulas", TEXT, "$x_1$", "$$nothing$$", 9, 19, "the formula `nothing` cannot be shown: nothing comes"),
    ("formulas", PROMPT, "$2x$", "$bad$", 1, 34, "cannot be shown"),
    ("formulas", YAML, "{text: Multiply.}", "{text: Look at $bad$.}", 11, 16, "cannot be shown"),
    ("identifiers", PROMPT, "Write `d", "E1.1.1: write `d", 1, 1, "`E1.1.1` means nothing to a learner"),
    ("identifiers", YAML, "text: Multiply.", "text: See D1.1.1.", 11, 16, "`D1.1.1` means nothing"),
    ("identifiers", TEXT, "Numbers in", "(N1.1.1) Numbers in", 9, 2, "`N1.1.1` means nothing"),
    ("when", YAML, "{text: Multiply.}", "{text: Multiply., when: shap}", 11, 33, "says `shap`. Did you mean `shape`?"),
    ("when", YAML, "{text: Multiply.}", "{text: Multiply., when: haves}", 11, 33, "Did you mean `halves`?"),
    ("when", YAML, ", solution: true}", ", solution: true, when: error}", 12, 57, "is there for everybody"),
    ("when", YAML, "    options:", "    hints: [{text: a, when: error}]\n    options:", 17, 29, "opens no hint: leave"),
    ("leak", STARTER, "    raise NotImplementedError", "    return 2*x", 5, 1, "reference of `double` too: `2 * x`"),
    ("leak", PROMPT, "$2x$", "`2*x`", 1, 1, "reference of `double` too: `2 * x`"),
    ("leak", PROGRAM, "print(", "x = 3\ny = 2 * x\nprint(", 8, 1, "`double` of doubling too"),
    ("leak", YAML, "{text: Multiply.}", '{text: "So: `return 2 * x`."}', 11, 16, "the whole of `double`"),
    ("todo", PROMPT, "Write `d", "TODO: say what. Write `d", 1, 1, "say what. Write `double(x)`"),
    ("todo", PROGRAM, "print(", "# TODO: more\nprint(", 7, 3, "more"),
    ("screen", TEXT, "Numbers in", "- a\n" * 36 + "\nNumbers in", 7, 1, "takes 46 lines, and 40 fit on a screen"),
    ("cards", TEXT, "Numbers in a row", "Ä" * 1030, 7, 1, "bytes of text, and 2048 fit on a screen"),
]  # fmt: skip
