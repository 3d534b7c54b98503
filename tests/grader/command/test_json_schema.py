"""The shipped JSON Schemas are of today, take what is written, and refuse what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.command import json_schema
from grader.records.verdict import to_json
from grader.report.formats import FORMATS
from tests.grader.report.test_formats import GOLDEN, HOSTILE, of_parts, verdict

RECORDS = Path(__file__).parents[1] / "records" / "golden"


def reader(name: str) -> Any:
    schema = json.loads((json_schema.FOLDER / f"{name}.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", json_schema.RECORDS)
def test_each_is_current(name: str) -> None:
    assert (json_schema.FOLDER / f"{name}.json").read_bytes() == json_schema.schema(name), "run: make schemas"


def test_what_is_written_as_json_keeps_to_its_schema() -> None:
    of_verdicts = reader("verdict")
    files = [GOLDEN / "verdict.json", *sorted(RECORDS.glob("*.json"))]
    assert len(files) > 3
    for file in files:
        of_verdicts.validate(json.loads(file.read_bytes()))
    several = [verdict(HOSTILE), of_parts("skipped")]
    for refused in ([], ["in/x.py: a link"]):
        of_verdicts.validate(json.loads(FORMATS["json"](several, many=True, refused=refused)))
    good = json.loads(to_json(verdict()))
    for field, value in (("format", 2), ("status", "fine"), ("score", "3"), ("parts", {})):
        assert not of_verdicts.is_valid({**good, field: value})
    assert not of_verdicts.is_valid({"verdicts": [good]}) and not of_verdicts.is_valid([good])
