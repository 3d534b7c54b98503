"""The verb that opens the app in a browser on this machine."""

from __future__ import annotations

import click

from tutor.commands.context import USAGE, clearly, example, stop, the_course

PORT = 8765


@click.command(epilog=example("dl-tutor serve --open"))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any that is free."
)
@click.option("--open", "opens", is_flag=True, help="Open it in your browser, too.")
@clearly
def serve(port: int, opens: bool) -> None:
    """The app in a browser, on this machine alone."""
    from tutor.browser.server import BrowserServer

    course = the_course()
    try:
        server = BrowserServer(port, course.title)
    except OSError as error:
        stop(USAGE, f"Port {port} cannot be used: {error.strerror}. Choose another one, or 0 for any: --port 0")
    click.echo(server.address)
    click.echo("Open this address in a browser. Whoever has it can use the tutor as you. Ctrl+C ends it.", err=True)
    if opens:
        click.launch(server.address)
    server.serve()


VERBS = (serve,)
