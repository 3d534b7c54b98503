"""What others have written is harmless wherever it is kept to be shown, and stays as it is where it was so before."""

from __future__ import annotations

import inspect
import json as plain_json
import types
from collections.abc import Iterator
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.live.events import Events
from grader.questions import answers
from grader.records import survey, unproved
from grader.records import verdict as verdicts
from grader.records.curves import sentence
from grader.records.figure import Figure, parse
from grader.records.given import Given
from grader.records.printable import Printable, clean, cleaned, one_line
from grader.records.unproved import Unproved
from grader.records.verdict import Check, PartVerdict, Verdict, from_json, to_json
from grader.report import json, text
from lessons.schema import Part
from tests.grader.records.hostile import HARMLESS, HOSTILE, harms

ALL = "".join(HOSTILE.values())
RECORDS = [
    one
    for module in (verdicts, survey, unproved)
    for _, one in inspect.getmembers(module, inspect.isclass)
    if issubclass(one, msgspec.Struct) and one.__module__ == module.__name__
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_harms_is_left_out(name: str) -> None:
    left = clean(HOSTILE[name])
    assert harms(left) == [] and left.encode() and clean(left) == left
    assert one_line(HOSTILE[name]).isprintable()


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_not_stays(name: str) -> None:
    assert clean(HARMLESS[name]) == HARMLESS[name]


@given(st.text(st.characters() | st.sampled_from(ALL + "".join(HARMLESS.values()) + "👩💻\u200d\u200c\ufe0f")))
def test_nothing_that_harms_is_left_of_any_text(text: str) -> None:
    left = clean(text)
    assert harms(left) == [] and clean(left) == left and "\n" not in one_line(text)
    left.encode("utf-8")


@given(st.text("\u200d\u200c\ufe0f\ufe0e👩💻ab م🏴\U000e0067\U000e007f", max_size=12))
def test_what_shapes_a_neighbour_stays_only_beside_one(text: str) -> None:
    left = clean(text)
    assert clean(left) == left
    for place, sign in enumerate(left):
        if sign in "\u200c\u200d":
            assert 0 < place < len(left) - 1 and left[place + 1] not in "\u200c\u200d\ufe0f\ufe0e"


def test_a_flag_has_an_end() -> None:
    assert clean("🏴" + "\U000e0061" * 40 + "\U000e007f") == "🏴"


# --- records ------------------------------------------------------------------------------------------------------


def filled(kind: Any, with_text: str) -> Any:
    """A value of a type in which every text is this one."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind is str or kind is Any:
        return with_text
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        return kind(**{name: filled(hints[name], with_text) for name in kind.__struct_fields__})
    if origin is tuple:
        return tuple(filled(one, with_text) for one in inner if one is not Ellipsis)
    if origin is dict:
        return {filled(inner[0], with_text): filled(inner[1], with_text)}
    if origin in (types.UnionType, Union):
        return filled(str if inner[0] is str else inner[0], with_text)
    if origin is not None and inner:  # a Literal
        return inner[0]
    return kind(1)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*texts(key), *texts(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: f"{one.__module__.rpartition('.')[2]}.{one.__name__}")
def test_no_record_holds_a_text_that_harms_however_it_was_made(record: type[Printable]) -> None:
    assert issubclass(record, Printable)
    for hostile in (*HOSTILE.values(), ALL):
        one = filled(record, hostile)
        plain = msgspec.to_builtins(filled(record, "text"))
        found = list(texts(one))
        assert [text for text in found if harms(text)] == []
        assert len(found) == len(list(texts(filled(record, "text"))))
        again = msgspec.convert(_with(plain, hostile), record)
        packed = msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=record)
        assert [text for text in (*texts(again), *texts(packed)) if harms(text)] == []


def _with(data: Any, hostile: str) -> Any:
    if isinstance(data, dict):
        return {_with(key, hostile): _with(value, hostile) for key, value in data.items()}
    if isinstance(data, list):
        return [_with(item, hostile) for item in data]
    return hostile if data == "text" else data


def test_there_are_records_with_texts() -> None:
    assert {Verdict, Check, PartVerdict, Unproved} <= set(RECORDS)
    assert len(list(texts(filled(Verdict, "text")))) > 25


def test_a_field_that_is_replaced_is_clean_too() -> None:
    one = msgspec.structs.replace(filled(Verdict, "text"), message=ALL)
    assert harms(one.message) == []


def test_a_verdict_of_hostile_texts_can_be_written_and_read_in_every_form() -> None:
    one = filled(Verdict, ALL)
    data = to_json(one)
    assert from_json(data) == one and harms(data.decode()) == []
    assert harms(json.render([one], many=True, refused=[ALL]).decode()) == []
    assert harms(text.render(one, replay="again")) == []
    raw = to_json(filled(Verdict, "text")).replace(b'"text"', rb'"\u202e\u001b]52;c;x\u0007\u009b31m"')
    assert harms(to_json(from_json(raw)).decode()) == []


@pytest.mark.parametrize("name", HARMLESS)
def test_a_verdict_of_harmless_texts_is_what_it_was(name: str) -> None:
    one = filled(Verdict, HARMLESS[name])
    assert set(texts(one)) - {HARMLESS[name]} == set(texts(filled(Verdict, "text"))) - {"text"}
    assert from_json(to_json(one)) == one


@pytest.mark.parametrize("points", [{"steps": (1,)}, {"steps": (1,), "values": ("x",)}, {"reference_values": (1.0,)}])
def test_points_that_are_none_are_no_curve(points: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no points of a curve"):
        verdicts.LoggedCurve(name="loss", **points)
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"name": "loss", **points}), type=verdicts.LoggedCurve)


def test_curves_keep_their_numbers() -> None:
    curve = verdicts.LoggedCurve(name="a\u202eb", steps=(1, 2), values=(float("nan"), "inf"))
    assert curve.name == "ab" and curve.points[1] == (2, float("inf")) and curve.values[0] != curve.values[0]


# --- other ways to be shown ---------------------------------------------------------------------------------------


def test_figures_are_clean() -> None:
    note = {"kind": "note", "x": 1, "y": 1, "text": ALL}
    panel = {"title": ALL, "x_label": ALL, "x_names": {ALL: 1.0}, "layers": [note]}
    figure = parse({"title": ALL[:150], "panels": [_cut(panel)], "notes": [ALL[:150]]})
    found = list(texts(figure))
    assert isinstance(figure, Figure) and len(found) > 5
    assert [text for text in found if harms(text) or "\n" in text] == []


def _cut(data: Any) -> Any:
    if isinstance(data, dict):
        return {_cut(key): _cut(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_cut(item) for item in data]
    return data[:150] if isinstance(data, str) else data


def test_what_a_worker_logs_is_clean() -> None:
    logged = {"type": "log", "values": {ALL[:60]: ALL, "list": [ALL]}, "step": 1}
    curve = {"type": "curve", "name": ALL[:60], "steps": [1], "values": [1.0], "count": 1}
    for event in (logged, curve):
        (taken,) = Events().add(plain_json.dumps(event).encode() + b"\n")
        found = list(texts(taken))
        assert len(found) > 2 and [text for text in found if harms(text)] == []
    name = taken["name"]
    assert "\n" not in name and harms(sentence(name, [(1, 1.0), (2, 2.0)])) == []


def test_plain_data_is_clean_in_its_keys_too() -> None:
    data = cleaned({ALL: [ALL, (ALL, 1)], "n": {"deep": {ALL: None}}})
    assert [text for text in texts(data) if harms(text)] == [] and data["n"]["deep"] == {clean(ALL): None}


KINDS = {
    "choice": {"options": [{"id": "one", "right": True, "text": "One."}, {"id": "two", "text": "Two."}]},
    "multi": {"options": [{"id": "one", "right": True, "text": "One."}, {"id": "two", "text": "Two."}]},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hostile", [ALL, [ALL], {"choice": ALL, "essay": ALL}, {ALL: ALL}, 10**900, [[[ALL]]]])
def test_what_an_answer_says_is_clean_in_its_verdict(kind: str, hostile: Any) -> None:
    part = msgspec.convert({"id": "why", "kind": kind, "covers": [], "points": 1, "text": "Why?", **KINDS[kind]}, Part)
    judged = answers.judge(None, part, Given(hostile))  # type: ignore[arg-type]
    assert [text for text in texts(judged) if harms(text)] == [] and judged.status == "failed"
