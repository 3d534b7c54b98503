"""The verbs of the command, each read when it is asked for: the app needs none, and a verb none of the others."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from grader.command.options import course_option
from grader.command.terminal import HarmlessGroup

ROOMS: Mapping[str, tuple[str, ...]] = {
    "authoring": ("lint", "new", "numbers"),
    "bench": ("bench",),
    "data": ("data",),
    "demo": ("demo",),
    "doctor": ("doctor",),
    "inspection": ("inspect",),
    "practice": ("answer", "grade", "hint", "note", "predict", "reset", "solution", "start", "watch"),
    "progress": ("progress", "statistics"),
    "reading": ("glossary", "list", "read"),
    "review": ("review",),
    "run": ("run",),
    "serve": ("serve",),
}
"""Module of `tutor.commands` -> the verbs in its `VERBS`."""


class Verbs(HarmlessGroup):
    """A command whose verbs are those of the rooms, and what is added to it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names; none is read for that."""
        return sorted({*self.commands, *(name for names in ROOMS.values() for name in names)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A verb by its name, read with the others of its room; None where there is no such verb."""
        room = next((room for room, names in ROOMS.items() if cmd_name in names), None)
        if room is not None and cmd_name not in self.commands:
            for verb in importlib.import_module(f"tutor.commands.{room}").VERBS:
                for_any_course(verb)
                self.add_command(verb)
        return super().get_command(ctx, cmd_name)


def for_any_course(command: click.Command) -> None:
    """The verb, and each verb of its own, takes --course."""
    if not any(param.name == "course" for param in command.params):
        course_option(command)
    for verb in command.commands.values() if isinstance(command, click.Group) else ():
        for_any_course(verb)
