"""Fetching a set of the Hugging Face hub into the mirror, by the package that reads it there.

`python -P -m lessons.data.hub NAME CONFIG FOLDER` writes CONFIG/SPLIT.parquet for each split, and the README by
which they are found. The package keeps what has come, checks it, and goes on where it was broken off.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasets import Dataset


def write(splits: Mapping[str, Dataset], config: str, folder: Path) -> None:
    """A parquet file for each split, and the README by whose head `load_dataset` finds them in `folder`."""
    (folder / config).mkdir(parents=True, exist_ok=True)
    for split, data in splits.items():
        data.to_parquet(str(folder / config / f"{split}.parquet"))
    lines = [line for split in splits for line in (f"  - split: {split}", f"    path: {config}/{split}.parquet")]
    head = ["---", "configs:", f"- config_name: {config}", "  data_files:", *lines, "---", ""]
    (folder / "README.md").write_text("\n".join(head), encoding="utf-8")


def fetch(name: str, config: str, folder: Path) -> None:
    """name: of the set on the hub, or a folder in the same form."""
    from datasets import load_dataset

    write(load_dataset(name, config), config, folder)


if __name__ == "__main__":
    fetch(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
