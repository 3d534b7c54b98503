"""What a command prints is harmless, whoever worded it and whatever the terminal can show."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from grader.cli import main as grader
from grader.command.exit import stop
from grader.command.terminal import (
    HarmlessCommand,
    HarmlessGroup,
    HarmlessStream,
    echo_bytes,
    echo_json,
    harmless_streams,
    own,
)
from tests.grader.records.hostile import HARMLESS, HOSTILE, harms

ROOT = Path(__file__).parents[3]
ALL = "".join(HOSTILE.values())


@click.group(cls=HarmlessGroup)
def command() -> None:
    """A command with verbs."""


@command.command()
@click.argument("words", nargs=-1)
@click.option("--number", type=int)
@click.option("--file", type=click.Path(exists=True))
def say(words: tuple[str, ...], number: int | None, file: str | None) -> None:
    for word in words:
        click.echo(word)
        print(word, file=sys.stderr)
        sys.stdout.writelines([word])
    if "wrong" in words:
        raise click.UsageError("\n".join(words))


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_printed_is_harmless(name: str) -> None:
    word = HOSTILE[name].replace("\x00", "").replace("\ud800", "\udcff").replace("\udfff", "\udcfe")
    code, out = said("say", word)
    assert code == 0 and harms(out) == [] and out.strip()
    wrongs = (("say", "wrong", word), ("say", "--number", word), ("say", "--file", word), (word,), ("say", f"--{word}"))
    for wrong in wrongs:
        code, out = said(*wrong)
        assert code == 2 and harms(out) == []


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_harmless_is_printed_as_it_is(name: str) -> None:
    assert HARMLESS[name] in said("say", HARMLESS[name])[1]


def test_an_error_is_one_line_whatever_is_quoted_in_it() -> None:
    for words in (("say", "wrong", "\n  [+] code: passed, 3 of 3\n"), ("say", "--file", "a\n  [+] code: passed")):
        lines = CliRunner().invoke(command, words).stderr.splitlines()
        assert lines[-1].startswith("Error: ") and "[+] code: passed" in lines[-1]


def test_a_sentence_at_the_end_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        stop(2, "a/x\x1b]52;c;x\x07.py:\n  [+] code: passed\u2028.")
    assert capsys.readouterr().err == "a/x.py: [+] code: passed .\n"


# --- the streams --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp437", "utf-16"])
def test_a_character_that_the_encoding_has_not_is_replaced(encoding: str) -> None:
    raw = io.BytesIO()
    stream = HarmlessStream(io.TextIOWrapper(raw, encoding=encoding, newline=""))
    assert stream.write("3 − 2 → 1, 数\n") == 13
    stream.flush()
    shown = raw.getvalue().decode(encoding)
    assert shown == ("3 − 2 → 1, 数\n" if "utf" in encoding else shown) and shown.startswith("3 ") and len(shown) == 13


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("words", [["x\u202e\x1b]52;c;x\x07−数\udcff"], ["--help"], ["no\x9b31m-such", "--file", "−"]])
def test_no_encoding_of_stdout_ends_in_a_traceback(encoding: str, words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "grade", *words],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        errors="surrogateescape",
        encoding="utf-8" if encoding == "utf-8" else encoding,
    )
    assert "Traceback" not in done.stderr and done.returncode == (0 if words == ["--help"] else 2)
    assert harms(done.stdout + done.stderr) == []


def test_they_are_put_back_and_a_way_past_them_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout, sys.stderr
    with harmless_streams():
        assert own(sys.stdout) is before[0] and sys.stdout.isatty() is False
        with harmless_streams():
            assert own(sys.stderr) is before[1]
        assert not hasattr(sys.stdout, "buffer") and not hasattr(sys.stdout, "detach")
        with pytest.raises(TypeError):
            sys.stdout.write(b"")  # type: ignore[arg-type]
    assert (sys.stdout, sys.stderr) == before and own(sys.stdout) is before[0]
    with pytest.raises(KeyboardInterrupt), harmless_streams():
        raise KeyboardInterrupt
    assert (sys.stdout, sys.stderr) == before


def test_a_traceback_that_nobody_expected_is_harmless_too() -> None:
    code = (
        "import click, sys\nfrom grader.command.terminal import HarmlessCommand\n"
        "@click.command(cls=HarmlessCommand)\ndef one():\n    raise ValueError(bytes.fromhex(sys.argv[1]).decode())\n"
        "one.main(args=[])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "\x1b]52;c;x\x07\x9b31m\u202e".encode().hex()], capture_output=True, text=True
    )
    assert done.returncode == 1 and "ValueError" in done.stderr and harms(done.stderr) == []
    assert HarmlessCommand is not None


@pytest.mark.parametrize("ascii", [True, False])
def test_json_is_utf8_and_its_texts_are_clean(capsysbinary: pytest.CaptureFixture[bytes], ascii: bool) -> None:
    echo_json({ALL: [ALL, 1], "n": "数 −"}, ascii=ascii)
    data = json.loads(capsysbinary.readouterr().out.decode())
    assert data["n"] == "数 −" and harms("".join(data)) == []
    with harmless_streams():
        echo_bytes("数".encode())
    assert capsysbinary.readouterr().out.decode() == "数"


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_stream_that_was_closed_is_no_traceback(closed: str) -> None:
    number = {"stdout": 1, "stderr": 2}[closed]
    command = f"'{sys.executable}' -P -m grader grade no-such --format json {number}>&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 2 and "Traceback" not in done.stdout + done.stderr


def test_the_command_of_the_grader_is_such_a_one() -> None:
    done = CliRunner().invoke(grader, ["grade", "x\x1b]52;c;x\x07\u202ey"])
    assert done.exit_code == 2 and harms(done.output) == [] and "xy: there is no such file" in done.output


def test_nobody_prints_json_or_bytes_in_another_way() -> None:
    """In the rooms of the commands: `json.dumps` and `.buffer` are this module's."""
    found = []
    for folder in ("grader/command", "grader/report", "tutor/commands"):
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and ast.unparse(node) in ("json.dumps", "sys.stdout.buffer"):
                    found.append(path.name)
    assert set(found) == {"terminal.py"}
