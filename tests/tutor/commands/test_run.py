"""`dl-tutor run`: a file as `__main__`, and lines afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tutor.process import tutor


@pytest.mark.slow
def test_a_file_is_run_and_lines_are_tried(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        'from tutor.live import log\nn = 4\nif __name__ == "__main__":\n    log({"a": n}, step=0)\n    print("ran")\n'
    )
    curves = tmp_path / "curves.json"
    done = tutor("run", file, "--try", "n + 1", "--try", "1 / 0", "--curves", curves)
    assert done.code == 1 and done.out.startswith("ran\n") and "\n5\n" in done.out
    assert "ZeroDivisionError: division by zero" in done.err and '"a"' in curves.read_text()
    asked = tutor("run", file, "-i", stdin="n\n\nn = 7\nn\n")
    assert asked.code == 0 and "4\n" in asked.out and "7\n" in asked.out


def test_what_cannot_be_run_is_said(tmp_path: Path) -> None:
    absent = tutor("run", "random-bits")
    assert absent.code == 2 and "dl-tutor start random-bits" in absent.err
    assert tutor("run", "random-bit").code == 2 and tutor("run", "x", "--curves", "x.txt").code == 2
    other = tmp_path / "latin.py"
    other.write_bytes(b"\xe9")
    assert "not UTF-8" in tutor("run", other).err
