"""Where `dl-tutor` starts: the working directory is out of reach of imports before anything of others is imported."""

from lessons import search_path


def main() -> None:
    """Runs the command."""
    search_path.leave_working_directory()
    from tutor.cli import main

    main()
