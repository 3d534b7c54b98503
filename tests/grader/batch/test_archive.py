"""Archives that learners made: answers come out, and whatever means harm is refused by name."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from grader.batch import archive
from grader.handed_in import MAX_SOURCE


def wanted(name: str) -> bool:
    return name.endswith(".py") or name == "answers.yaml"


def packed(path: Path, *files: tuple[str | zipfile.ZipInfo, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files:
            made.writestr(name, text)
    return path


def unpacked(path: Path, folder: Path) -> tuple[dict[str, str], list[str]]:
    refused: list[str] = []
    folder.mkdir()
    archive.unpack(path, folder, wanted, refused)
    files = {str(one.relative_to(folder)): one.read_text() for one in sorted(folder.rglob("*")) if one.is_file()}
    return files, [line.partition(": ")[2] for line in refused]


def test_what_could_be_an_answer_comes_out(tmp_path: Path) -> None:
    made = packed(
        tmp_path / "a.zip", ("hw/bn-layer.py", "x = 1"), ("hw/deep/answers.yaml", "{}"), ("hw/photo.jpg", "no")
    )
    files, refused = unpacked(made, tmp_path / "out")
    assert files == {"hw/bn-layer.py": "x = 1", "hw/deep/answers.yaml": "{}"} and refused == []


def linked(name: str) -> zipfile.ZipInfo:
    one = zipfile.ZipInfo(name)
    one.external_attr = (stat.S_IFLNK | 0o777) << 16
    return one


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../up.py", "leads out"),
        ("/etc/abs.py", "leads out"),
        ("C:/drive.py", "leads out"),
        ("a\\..\\back.py", "leads out"),
        (linked("link.py"), "a link or a device"),
        ("new\nline.py", "none that a file should have"),
        ("bidi\u202e.py", "none that a file should have"),
        ("/".join("d" * 13) + "/deep.py", "none that a file should have"),
        ("x" * 500 + ".py", "none that a file should have"),
    ],
    ids=str,
)
def test_an_entry_that_means_harm_is_refused_by_name_and_the_rest_is_taken(
    tmp_path: Path, name: str | zipfile.ZipInfo, why: str
) -> None:
    made = packed(tmp_path / "a.zip", (name, "evil"), ("good.py", "fine"))
    before = sorted(tmp_path.rglob("*"))
    files, refused = unpacked(made, tmp_path / "out")
    assert files == {"good.py": "fine"} and len(refused) == 1 and why in refused[0]
    assert [one for one in sorted(tmp_path.rglob("*")) if "out" not in one.parts] == before


def test_a_bomb_is_cut_off_and_what_is_twice_there_is_said(tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed(made, ("bomb.py", "0" * 50_000_000), ("one.py", "first"), ("one.py", "second"))
    folder = tmp_path / "out"
    folder.mkdir()
    refused: list[str] = []
    archive.unpack(made, folder, wanted, refused)
    assert (folder / "bomb.py").stat().st_size == MAX_SOURCE + 1, "as much as is needed to refuse it"
    assert (folder / "one.py").read_text() == "first" and "two files of this name" in refused[0]


def test_a_great_many_entries_are_not_even_listed(tmp_path: Path) -> None:
    made = packed(tmp_path / "a.zip", ("one.py", "x"))
    data = bytearray(made.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, at + 8, 0xFFFF, 0xFFFF)
    made.write_bytes(data)
    with pytest.raises(archive.BadArchive, match="has 65,535 entries"):
        archive.unpack(made, tmp_path / "out", wanted, [])


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(archive.BadArchive, match=r"a\.zip: "):
        archive.unpack(tmp_path / "a.zip", tmp_path, wanted, [])


def test_a_truncated_or_encrypted_one_is_said(tmp_path: Path) -> None:
    made = packed(tmp_path / "a.zip", ("one.py", "x" * 10_000))
    data = bytearray(made.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption, in the directory
    made.write_bytes(data)
    assert unpacked(made, tmp_path / "out") == ({}, ["one.py: encrypted."])
    data[at + 8] ^= 1
    data[40] ^= 0xFF
    made.write_bytes(data)
    with pytest.raises(archive.BadArchive, match="cannot be read"):
        archive.unpack(made, tmp_path / "other", wanted, [])
