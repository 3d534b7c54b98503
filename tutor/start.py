"""Where `dl-tutor` starts: the working directory is out of reach of imports before anything of others is imported."""

import os

from lessons import search_path

COMPLETE = "_DL_TUTOR_COMPLETE"
"""What a shell sets that completes a word; `dl-tutor completion` prints how."""


def main() -> None:
    """Runs the command."""
    search_path.leave_working_directory()
    import click

    from tutor.cli import main

    if COMPLETE in os.environ:  # a shell asks what a word could become, and is answered in bytes
        click.Command.main(main, prog_name="dl-tutor")
    main()
