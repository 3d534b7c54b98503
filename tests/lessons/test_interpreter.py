"""Processes of ours: where they start, what they see of the user's environment, and that there are no others."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.host import environment as of_the_sandbox
from lessons import interpreter

ROOT = Path(__file__).parents[2]
ROOMS = ("tutor", "grader", "lessons", "kernels")
STARTS = {
    "lessons/interpreter.py",
    "tutor/practice/editor.py",  # the learner's own editor, as they would start it themselves
    "kernels/bench/child.py",  # rows of the bench, each in a Python of its own; kernels knows no other room
    "kernels/bench/gpu.py",  # tests and bench for a GPU, which has torch, triton and pytest and nothing else
    "kernels/compile/compiler.py",  # NVIDIA's disassembler, by its whole path, for whoever develops kernels
}
"""The modules that may start a program."""
MODULES = {"subprocess": {"Popen", "run", "call", "check_call", "check_output", "getoutput", "getstatusoutput"}}
MODULES["os"] = {name for name in dir(os) if name.startswith(("exec", "spawn", "posix_spawn"))} | {"system", "popen"}
MODULES["asyncio"] = {"create_subprocess_exec", "create_subprocess_shell"}
MODULES["pty"] = {"spawn", "fork"}
WHOLE = {"multiprocessing", "concurrent.futures.process", "torch.multiprocessing"}
"""Modules that start processes of their own accord."""
SEEN = "import json, os, sys; print(json.dumps([os.getcwd(), sys.path, dict(os.environ), sys.argv[1:]]))"


def starts(source: str) -> Iterator[str]:
    """What a module calls, or imports by name, that starts a program."""
    tree = ast.parse(source)
    types = {id(x) for node in ast.walk(tree) for one in _annotations(node) for x in ast.walk(one)}
    for node in ast.walk(tree):
        if id(node) in types:
            continue
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in MODULES.get(node.value.id, ()):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{x.name}" for x in node.names if x.name in MODULES.get(str(node.module), ()))
            if str(node.module) in WHOLE or any(f"{node.module}.{x.name}" in WHOLE for x in node.names):
                yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (x.name for x in node.names if x.name in WHOLE)


def _annotations(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        if (one := getattr(node, name, None)) is not None:
            yield one


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "units" not in path.parts)


def test_what_starts_a_program_is_seen() -> None:
    said = "import subprocess\nimport multiprocessing\nfrom os import execv\nsubprocess.Popen([])\nos.system('x')\n"
    said += "x: subprocess.Popen[bytes]\nsubprocess.run\nsubprocess.PIPE\nfrom concurrent.futures import process\n"
    assert sorted(starts(said)) == [
        "concurrent.futures",
        "multiprocessing",
        "os.execv",
        "os.system",
        "subprocess.Popen",
        "subprocess.run",
    ]


def test_every_program_is_started_in_one_place() -> None:
    found = {str(path.relative_to(ROOT)) for path in modules() if any(starts(path.read_text(encoding="utf-8")))}
    assert found == STARTS


def test_every_start_there_has_its_folder_and_its_environment() -> None:
    tree = ast.parse((ROOT / "lessons" / "interpreter.py").read_text(encoding="utf-8"))
    calls = [
        {one.arg: ast.unparse(one.value) for one in node.keywords}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("subprocess.")
    ]
    assert len(calls) == 2
    assert all((one["cwd"], one["env"]) == ("'/'", "env") for one in calls)


@pytest.fixture
def hostile_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory whose modules say that they were imported, with all that could lead Python there."""
    for name in ("numpy", "click", "yaml", "json", "random", "lessons", "grader", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working directory')\n")
    (tmp_path / "start.py").write_text("print('HARMED')\n")
    (tmp_path / "lib" / "site-packages").mkdir(parents=True)
    (tmp_path / "x.pth").write_text("import numpy\n")
    monkeypatch.chdir(tmp_path)
    for name in ("PYTHONPATH", "PYTHONUSERBASE", "PYTHONPLATLIBDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("A_TOKEN", "secret")
    monkeypatch.setenv("LD_PRELOAD", "")
    return tmp_path


@pytest.mark.parametrize("bare", [False, True])
def test_nothing_comes_from_the_working_directory(hostile_folder: Path, bare: bool) -> None:
    command = interpreter.running(SEEN, "a word", bare=bare)
    done = interpreter.run(command, env=interpreter.environment(), capture_output=True, text=True, check=True)
    folder, path, seen, words = json.loads(done.stdout)
    assert folder == "/" and words == ["a word"]
    assert (
        str(ROOT) in path and "" not in path and not [one for one in path if Path(one).is_relative_to(hostile_folder)]
    )
    assert set(seen) <= {*interpreter.KEPT, "LC_CTYPE"} and seen["PATH"] == os.environ["PATH"]


@pytest.mark.slow
def test_a_module_is_run_as_a_program_of_ours(hostile_folder: Path) -> None:
    out = hostile_folder / "out"
    command = interpreter.running_module("lessons.data.digits", str(out))
    done = interpreter.run(command, env=interpreter.environment(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and (out / "raw").is_dir()


def test_what_is_kept_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": "/bin", "HF_TOKEN": "x", "https_proxy": "y", "AWS_KEY": "z"})
    assert interpreter.environment() == {"PATH": "/bin"}
    assert interpreter.environment(interpreter.NETWORK, {"A": "b"}).keys() == {"PATH", "HF_TOKEN", "https_proxy", "A"}
    assert not of_the_sandbox().keys() & {"HF_TOKEN", "https_proxy", "AWS_KEY"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_is_run_by_python_m_without_p(hostile_folder: Path, room: str) -> None:
    """Python has looked up `room` itself in the working directory by then; what is there is not ours to stop."""
    for name in ("lessons", "grader"):
        (hostile_folder / f"{name}.py").unlink()
    modules = {"tutor": "tutor.cli", "grader": "grader", "lessons": "lessons.data.digits", "kernels": "kernels.bench"}
    command = [sys.executable, "-m", modules[room], "--help"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("python -m would import modules from the working directory")
    assert "dl-grader" in done.stderr and "-P" in done.stderr


def test_with_p_it_is_run(tmp_path: Path) -> None:
    for options, more in ((["-P"], {}), ([], {"PYTHONSAFEPATH": "1"})):
        command = [sys.executable, *options, "-m", "grader", "--help"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={**os.environ, **more})
        assert done.returncode == 0 and "Example: dl-grader" in done.stdout
