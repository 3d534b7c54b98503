"""Every verb is given words, files and courses that would move a terminal: none of them gets through to one."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.grader.records.hostile import HOSTILE, harms
from tests.tutor.process import BIN, RIGHT, Done, own_process, tutor
from tutor.learner import workspace
from tutor.learner.events import Answer
from tutor.learner.progress import Progress

ALL = "".join(HOSTILE.values()).replace("\x00", "").encode("utf-8", "replace").decode()
WORD = "x\x1b]52;c;aGFybWVk\x07\x9b31m\u202ey\u2028[+] bits: passed"
VERBS = (
    ("list",),
    ("list", "--json"),
    ("read",),
    ("demo",),
    ("demo", "--curves"),
    ("start",),
    ("reset",),
    ("predict",),
    ("grade",),
    ("grade", "random-bits", "--file"),
    ("grade", "random-bits", "--require"),
    ("grade", "random-bits", "--seed"),
    ("grade", "random-bits", "--format"),
    ("watch",),
    ("note",),
    ("answer",),
    ("answer", "mixed-list.why"),
    ("hint",),
    ("solution",),
    ("glossary",),
    ("data", "where"),
    ("data", "make"),
    ("progress", "import"),
    ("lint",),
    ("new", "lesson"),
    ("bench", "kernels", "--no-such"),
    (),
)


def harmless(done: Done) -> Done:
    assert harms(done.out + done.err) == [] and "Traceback" not in done.err
    assert not any(line.startswith("[+]") for line in (done.out + done.err).splitlines())
    return done


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_word_of_the_command_line(verb: tuple[str, ...]) -> None:
    assert harmless(tutor(*verb, WORD)).code in (1, 2)


def test_a_folder_and_a_file_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "in" / WORD
    folder.mkdir(parents=True)
    (folder / "random-bits.py").write_text(RIGHT.replace("< 0.5", "< 2"))
    os.mkfifo(folder / "mixed-list.py")
    done = harmless(tutor("grade", "--no-record", tmp_path / "in"))
    assert done.code == 1 and "random-bits: not yet" in done.out
    assert "the same inputs again" not in done.out  # no shell would find the file under the name that can be printed
    data = harmless(tutor("grade", "--no-record", "--format", "json", tmp_path / "in")).data
    assert [one["exercise"] for one in data["verdicts"]] == ["mixed-list", "random-bits"]
    assert "not a regular file but a pipe" in data["verdicts"][0]["message"]


ESCAPES = (r"\x1b]52;c;x\x07", r"\x9b31m", r"\u202e", r"\L", r"a\n[+] bits: passed", "k" * 400)


@pytest.mark.parametrize("escape", ESCAPES)
def test_a_key_and_a_value_of_the_answers(tmp_path: Path, escape: str) -> None:
    (tmp_path / "answers.yaml").write_text(f'"{escape}":\n  why: {{value: one}}\n')
    done = harmless(tutor("grade", "--no-record", tmp_path))
    assert done.code == 2 and len(done.err.splitlines()) == 1 and "there is no exercise" in done.err
    (tmp_path / "answers.yaml").write_text(f'mixed-list:\n  "{escape}": {{value: one}}\n')
    assert len(harmless(tutor("grade", "--no-record", tmp_path)).err.splitlines()) == 1
    (tmp_path / "answers.yaml").write_text(f'mixed-list:\n  why: {{value: "{escape}"}}\n')
    assert harmless(tutor("grade", "--no-record", tmp_path)).code == 1
    text = json.dumps(harmless(tutor("grade", "--no-record", "--format", "json", tmp_path)).data, ensure_ascii=False)
    assert harms(text) == []


def test_what_learner_code_raises_prints_and_returns(tmp_path: Path) -> None:
    file = tmp_path / "random-bits.py"
    lines = (f"print({ALL!a}); raise ValueError({ALL!a})", f"return {{{ALL!a}: {ALL!a}}}", "return '\\ud800\\u202e'")
    for line in lines:
        file.write_text(f"def random_bits(shape, generator=None):\n    {line}\n")
        done = harmless(tutor("grade", "--no-record", file))
        (head,) = [one for one in done.out.splitlines() if one.startswith("  [")]
        assert done.code == 1 and head.startswith("  [x] bits: ")
        again = harmless(tutor("grade", "--no-record", "--format", "json", file))
        assert harms(json.dumps(again.data, ensure_ascii=False)) == []


@pytest.mark.slow
def test_the_texts_of_a_course_are_refused_with_their_place(tmp_path: Path) -> None:
    course = Path(shutil.copytree(Path(__file__).parents[1] / "course", tmp_path / "course"))
    file = course / "course.yaml"
    file.write_text(file.read_text().replace("A tiny course", '"Evil \\x1b]52;c;aGFybWVk\\x07 course"'))
    for verb in (("list",), ("list", "--json"), ("grade", "double"), ("doctor",), ("lint", course)):
        done = harmless(tutor(*verb, DL_TUTOR_COURSE=str(course)))
        assert done.code in (1, 2) and "course.yaml:3:8: a control character, U+001B" in done.out + done.err


def test_progress_leaves_and_comes_back_whole(tmp_path: Path) -> None:
    progress = Progress()
    progress.record(Answer(exercise="mixed-list", part="why", value=ALL))
    progress.close()
    done = harmless(tutor("progress", "export"))
    told = [json.loads(line) for line in done.out.splitlines()]
    assert ALL in told[1]["event"].values()
    (tmp_path / "mine.jsonl").write_text(done.out)
    assert "1 event taken in" in tutor("progress", "import", tmp_path / "mine.jsonl", DL_TUTOR_HOME=str(tmp_path)).err


ODD = ('{"format":1', "[" * 100_000, '{"format":1}\n{"id":"' + "9" * 5000, "9" * 5000, "\x1b]52;c;x\x07")


@pytest.mark.parametrize("line", ODD, ids=range(len(ODD)))
def test_a_progress_of_anybody_is_a_sentence(tmp_path: Path, line: str) -> None:
    (tmp_path / "odd.jsonl").write_text(line)
    done = harmless(tutor("progress", "import", tmp_path / "odd.jsonl"))
    assert done.code == 2 and len(done.err.splitlines()) == 1 and len(done.err) < 1000


@pytest.mark.parametrize("verb", [("progress", "import"), ("answer", "mixed-list.why", "one-dtype", "--essay")])
def test_a_file_that_waits_or_has_no_end_is_a_sentence(tmp_path: Path, verb: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for file, why in ((tmp_path / "pipe", "a pipe"), (Path("/dev/zero"), "a device")):
        done = tutor(*verb, file)
        assert done.code == 2 and f"{file}: not a regular file but {why}." in done.err


def test_the_workspace_may_be_a_link_and_its_file_no_pipe(tmp_path: Path) -> None:
    real = tmp_path / "documents"
    real.mkdir()
    home = tmp_path / "linked"
    home.symlink_to(real)
    path = Path(tutor("start", "random-bits", DL_TUTOR_HOME=str(home)).out.strip())
    assert path.is_relative_to(home)
    elsewhere = tmp_path / "mine.py"
    elsewhere.write_text(RIGHT)
    path.unlink()
    path.symlink_to(elsewhere)
    assert tutor("grade", "random-bits", DL_TUTOR_HOME=str(home)).code == 0
    path.unlink()
    os.mkfifo(path)
    done = tutor("grade", "random-bits", DL_TUTOR_HOME=str(home))
    assert done.code == 2 and "cannot be read: not a regular file but a pipe" in done.err
    with pytest.raises(workspace.WorkspaceError, match="a pipe"):
        workspace.read(path)


def test_the_command_itself_prints_so() -> None:
    assert (BIN / "dl-tutor").is_file()
    done = own_process("read", WORD)
    assert done.code == 2 and harms(done.out + done.err) == []
