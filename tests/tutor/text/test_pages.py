"""Markdown for a terminal: paragraphs are filled, lists stay lists, code stays what it is."""

from __future__ import annotations

from tutor.text.pages import rendered

TEXT = """\
## A heading with **weight**

A paragraph of the author's,
which goes on; 2 * 3 * 4 is no emphasis, *this* is.
* one item that is long enough to be
  broken somewhere
* another
1. first

    code = "is not touched, however long it may be and whatever ** is in it"
After it.\
"""


def test_it_is_as_wide_as_it_may_be() -> None:
    lines = list(rendered([TEXT], 40))
    assert lines[:2] == ["A heading with weight", "-" * 25]
    assert lines[3:5] == ["A paragraph of the author's, which goes", "on; 2 * 3 * 4 is no emphasis, this is."]
    assert lines[5] == "* one item that is long enough to be"
    assert lines[6:9] == ["  broken somewhere", "* another", "1. first"]
    assert "    code = " in lines[10] and lines[11] == "After it."
    assert max(map(len, rendered(["word " * 100], 300))) <= 92 and list(rendered([], 80)) == []
