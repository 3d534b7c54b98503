"""The verbs: each is where the table says, and none is read before it is wanted."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys

import tutor.commands
from tests.tutor.process import tutor as run
from tutor.commands.verbs import ROOMS


def test_the_table_names_every_verb() -> None:
    found = {}
    for module in pkgutil.iter_modules(tutor.commands.__path__):
        room = importlib.import_module(f"tutor.commands.{module.name}")
        if hasattr(room, "VERBS"):
            found[module.name] = tuple(sorted(verb.name for verb in room.VERBS))
    assert found == dict(ROOMS)


def test_help_names_every_verb_and_what_it_does() -> None:
    told = run("--help").out
    for name in (name for names in ROOMS.values() for name in names):
        assert f"\n  {name} " in told


def test_only_the_verb_that_is_wanted_is_read() -> None:
    script = (
        "import json, sys\nfrom tutor.cli import main\n"
        "try:\n    main(['glossary', 'slope', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps([one for one in sys.modules if one.startswith('tutor.commands.')]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    read = set(json.loads(done.stdout.splitlines()[-1]))
    assert {f"tutor.commands.{room}" for room in ROOMS} & read == {"tutor.commands.reading"}
