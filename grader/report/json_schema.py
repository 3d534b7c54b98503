"""The JSON Schema of what `--format json` writes, for programs that read it.

It is made from the records of the verdict: `python -P -m grader.report.json_schema` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.records.verdict import Verdict
from grader.report.json import Envelope

FILE = Path(__file__).parent / "schemas" / "verdict.json"


def schema() -> bytes:
    """A document is a verdict or an envelope of several."""
    (one, several), records = msgspec.json.schema_components([Verdict, Envelope], ref_template="#/$defs/{name}")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What dl-grader writes with --format json",
        "oneOf": [one, several],
        "$defs": records,
    }
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2) + b"\n"


def main() -> None:
    """Writes the schema."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(schema())


if __name__ == "__main__":
    main()
