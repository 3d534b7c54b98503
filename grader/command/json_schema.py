"""The JSON Schemas of what the command writes and reads: verdicts, and the files of assignments.

They are made from the records: `python -P -m grader.command.json_schema` writes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from grader.batch.assignment import AssignmentFile
from grader.records.verdict import Verdict
from grader.report.json import Envelope
from lessons.schema.json_schema import written

FOLDER = Path(__file__).parent / "schemas"
RECORDS: dict[str, tuple[str, tuple[type[msgspec.Struct], ...]]] = {
    "verdict": ("What dl-grader writes with --format json: a verdict, or several", (Verdict, Envelope)),
    "assignment": ("An assignment, as dl-grader reads it with --assignment", (AssignmentFile,)),
}
"""By name: what a document is, and the records that it may be."""


def schema(name: str) -> bytes:
    """The JSON Schema of one kind of document."""
    title, records = RECORDS[name]
    kinds, parts = msgspec.json.schema_components(records, ref_template="#/$defs/{name}")
    one: dict[str, Any] = {"oneOf": list(kinds)} if len(records) > 1 else kinds[0]
    return written({"title": title, **one, "$defs": parts})


def main() -> None:
    """Writes every schema."""
    FOLDER.mkdir(exist_ok=True)
    for name in RECORDS:
        (FOLDER / f"{name}.json").write_bytes(schema(name))


if __name__ == "__main__":
    main()
