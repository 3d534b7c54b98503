"""The app in a browser: textual-serve on this machine alone, for who holds the token.

The page asks nobody else for anything. What a browser sends counts only with the cookie that the address with the token
has set, for this server's own name, and - where a page has opened it - from this server's own page: another page in the
same browser, or another user of this machine, cannot type into the app.
"""

from __future__ import annotations

import hmac
import secrets
import shlex
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from lessons import interpreter

HOST = "127.0.0.1"
PAGE = Path(__file__).parent
COOKIE = "dl-tutor"
APP = (
    "import sys; from tutor.app import run_app; from tutor.commands.context import the_course; "
    "sys.exit(run_app(the_course()))"
)
"""What runs for each page that is opened; the progress is the same for all."""
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self' ws://{at}; frame-ancestors 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BrowserServer(Server):
    """Serves the app at `address` until it is stopped; port 0 takes any that is free. Raises OSError."""

    def __init__(self, port: int, title: str, command: list[str] | None = None) -> None:
        self.socket = socket.create_server((HOST, port))
        self.at = f"{HOST}:{self.socket.getsockname()[1]}"
        self.token = secrets.token_urlsafe(24)
        run = shlex.join(command or interpreter.running(APP))
        super().__init__(run, host=HOST, title=title, public_url=f"http://{self.at}", templates_path=PAGE)

    @property
    def address(self) -> str:
        """Where the app is, with the token."""
        return f"http://{self.at}/?token={self.token}"

    def serve(self, debug: bool = False) -> None:
        """Serves until Ctrl+C or a signal to end; apps that are open save what they have and end with it."""
        web.run_app(self._make_app(), sock=self.socket, print=None, access_log=None, shutdown_timeout=1)

    async def on_startup(self, app: web.Application) -> None:
        """Says nothing: the command has said where the app is."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        own = request.headers.get("Origin") in (None, f"http://{self.at}")
        if request.host != self.at or not own:
            raise web.HTTPForbidden(text=f"This is dl-tutor at {self.at}, and at no other name.")
        if self._holds(request.query.get("token")):
            found = web.HTTPFound("/")
            found.set_cookie(COOKIE, self.token, httponly=True, samesite="Strict")
            raise found
        if not self._holds(request.cookies.get(COOKIE)):
            raise web.HTTPForbidden(text="Open the whole address that dl-tutor serve has printed, with its token.")
        answer = await handler(request)
        if not answer.prepared:
            answer.headers["Content-Security-Policy"] = POLICY.format(at=self.at)
            answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    def _holds(self, token: str | None) -> bool:
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())
