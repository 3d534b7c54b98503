"""The whole corpus again as a user without any rights: at level 1 what level 1 promises, and at level 2; a day each.

CI containers run as root, learners do not. Root starts the tests as `nobody`, with a copy of Python where the
interpreter lies below a home that others may not enter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.turns import turn

ROOT = Path(__file__).parents[2]
NOBODY = 65534
TODAY = ("level-1", "level-2")[turn(2)]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(420),
    pytest.mark.skipif(os.geteuid() != 0, reason="this is an ordinary user already"),
]


def may_enter(path: Path) -> bool:
    """Whether others may read a folder and enter all that lead to it."""
    path = path.resolve()
    return path.stat().st_mode & 0o5 == 0o5 and all(one.stat().st_mode & 0o1 for one in path.parents)


def python_for_others(folder: Path) -> Path:
    """An interpreter that any user may run, with the packages of this one."""
    if may_enter(Path(sys.executable).parent) and may_enter(Path(sys.base_prefix)):
        return Path(sys.executable)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base, home = Path(sys.base_prefix), folder / "python"
    left_out = shutil.ignore_patterns("site-packages", "test", "idlelib", "ensurepip", "config-*")
    shutil.copytree(base / "lib" / version, home / "lib" / version, symlinks=True, ignore=left_out)
    for library in (base / "lib").glob("libpython*"):
        shutil.copy2(library, home / "lib", follow_symlinks=False)
    (home / "bin").mkdir()
    shutil.copy2(Path(sys.executable).resolve(), home / "bin" / version)
    venv = folder / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "lib" / version).mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {home / 'bin'}\ninclude-system-site-packages = false\n")
    (venv / "bin" / "python").symlink_to(home / "bin" / version)
    (venv / "lib" / version / "site-packages").symlink_to(sysconfig.get_path("purelib"))
    return venv / "bin" / "python"


@pytest.mark.parametrize("level", ["level-1", "level-2", "control"])
def test_an_ordinary_user_is_as_safe(tmp_path_factory: pytest.TempPathFactory, level: str) -> None:
    if level.startswith("level") and level != TODAY:
        pytest.skip(f"today it is {TODAY}")
    if not may_enter(ROOT) or not may_enter(Path(sysconfig.get_path("purelib"))):
        pytest.skip(f"{ROOT} lies where other users may not enter")
    folder = Path("/tmp") / f"dl-tutor-nobody-{os.getpid()}-{level}"  # pytest's own folders are for their owner only
    folder.mkdir()
    try:
        home = folder / "home"
        home.mkdir()
        os.chown(home, NOBODY, NOBODY)
        folder.chmod(0o755)
        python = python_for_others(folder)
        names = {"level-1": "level-1", "level-2": "level-2 and not abi-1", "control": "not level"}[level]
        tests = str(ROOT / "tests" / "attacks" / "test_attacks.py")
        options = ["-n", "0", "-q", "-rs", "-p", "no:cacheprovider", "--basetemp", str(home / "pytest")]
        done = subprocess.run(
            [python, "-m", "pytest", tests, "-k", names, *options],
            cwd=ROOT,
            env={"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        assert done.stdout.splitlines()[0].count(".") >= 2, done.stdout[-2000:]  # not all were skipped
    finally:
        shutil.rmtree(folder, ignore_errors=True)
