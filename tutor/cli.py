"""The dl-tutor command. Its verbs are in `tutor.commands`: one small function a verb, each parses, calls and prints.

Data goes to stdout, narration to stderr. Exit codes: 0 nothing failed, 1 something failed, 2 bad usage or input,
3 the grader could not judge.
"""

from __future__ import annotations

import os
import sys

import click

from tutor.commands.context import clearly, echo, example, opened_progress, the_course
from tutor.commands.verbs import Verbs, for_any_course


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("dl-tutor read creating-tensors"),
)
@click.option("--plain", is_flag=True, help="Plain lines instead of the app.")
@click.version_option(package_name="dl-tutor", prog_name="dl-tutor")
@click.pass_context
@clearly
def main(context: click.Context, plain: bool) -> None:
    """A self-paced deep-learning course in the terminal. Without a command it opens the app."""
    if context.invoked_subcommand is not None:
        return
    course = the_course()
    if plain or os.environ.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from tutor.text import plain as lines

        progress = opened_progress(course)
        echo(lines.course_map(course, progress))
        click.echo(lines.what_next(course, progress))
        return
    from tutor.app import run_app

    sys.exit(run_app(course))


@click.command(epilog=example("dl-tutor completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Prints what has a SHELL complete this command's verbs and options."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(main, {}, "dl-tutor", "_DL_TUTOR_COMPLETE").source())


main.add_command(completion)
for_any_course(main)

if __name__ == "__main__":
    main()
