"""The JSON Schemas of the course's files, for editors that complete and check YAML as it is written.

They are made from the records of `lessons.schema.files`: `python -P -m lessons.schema.json_schema` writes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from lessons.schema.files import FILES

FOLDER = Path(__file__).parent / "schemas"


def schema(name: str) -> bytes:
    """The JSON Schema of one kind of file: a name of `lessons.schema.files.FILES`."""
    return written(msgspec.json.schema(FILES[name]))


def written(fields: dict[str, Any]) -> bytes:
    """A schema as a file, the same whatever the order of its fields."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **fields}
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2) + b"\n"


def main() -> None:
    """Writes every schema."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        (FOLDER / f"{name}.json").write_bytes(schema(name))


if __name__ == "__main__":
    main()
