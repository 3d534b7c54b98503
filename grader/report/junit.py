"""Verdicts as JUnit's XML, which continuous integration shows: a suite an exercise, a case a check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as Tree

from grader.records.printable import one_line
from grader.records.verdict import Verdict, number
from grader.report.told import FAILED, Told, told

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 may hold, not even as a reference."""


def render(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The document. refused: files that were not looked at, each an error of its own."""
    suites = Tree.Element("testsuites", name="dl-grader")
    for verdict in verdicts:
        suites.append(_suite(verdict))
    if refused:
        suite = Tree.SubElement(suites, "testsuite", name="left out", tests=str(len(refused)), errors=str(len(refused)))
        for line in map(one_line, refused):
            case = Tree.SubElement(suite, "testcase", classname="left out", name=_clean(line))
            Tree.SubElement(case, "error", message=_clean(line), type="refused")
    _total(suites)
    Tree.indent(suites)
    return bytes(Tree.tostring(suites, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(verdict: Verdict) -> Tree.Element:
    suite = Tree.Element("testsuite", name=verdict.exercise)
    facts = {
        "score": number(verdict.score),
        "max": number(verdict.max),
        "seed": str(verdict.seed),
        "sandbox": str(verdict.sandbox.level),
        **{f"version.{name}": version for name, version in verdict.versions.items()},
    }
    properties = Tree.SubElement(suite, "properties")
    for name, value in facts.items():
        Tree.SubElement(properties, "property", name=_clean(name), value=_clean(value))
    cases = list(told(verdict))
    for one in cases:
        suite.append(_case(one))
    if verdict.output.text.strip():
        Tree.SubElement(suite, "system-out").text = _clean(verdict.output.text)
    counted = [_outcome(one) for one in cases]
    suite.set("tests", str(len(cases)))
    for attribute, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(counted.count(outcome)))
    suite.set("time", f"{verdict.seconds:.3f}")
    return suite


def _outcome(one: Told) -> str:
    """The element that says how a case went; empty where it passed."""
    if one.status in ("passed", "skipped"):
        return "" if one.status == "passed" else "skipped"
    return "failure" if one.status in FAILED else "error"


def _case(one: Told) -> Tree.Element:
    case = Tree.Element("testcase", classname=_clean(f"{one.exercise}.{one.part}"), name=_clean(one.name))
    if outcome := _outcome(one):
        said = Tree.SubElement(case, outcome, message=_clean(one.message or one.text))
        if outcome != "skipped":
            said.set("type", ", ".join(one.mistakes) or one.status)
            said.text = _clean(one.text)
    return case


def _total(suites: Tree.Element) -> None:
    for attribute in ("tests", "failures", "errors", "skipped"):
        suites.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
    suites.set("time", f"{sum(float(suite.get('time', '0')) for suite in suites):.3f}")


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
