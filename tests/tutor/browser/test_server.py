"""The app in a browser: for who holds the token, at its own name, from its own page; and nothing from elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError, web

from lessons import interpreter
from lessons.loading.loader import load_course
from tests.tutor.process import BIN, CONVERT, own_process
from tests.tutor.screen import HANGS
from tutor.browser.server import COOKIE, BrowserServer
from tutor.learner import workspace
from tutor.learner.progress import Progress

ECHO = interpreter.running("import sys; print('__GANGLION__', flush=True); sys.stdin.read()")
"""In the place of an app: it says that it is one, and ends when it is told to."""


@pytest.fixture
async def server() -> AsyncIterator[BrowserServer]:
    server = BrowserServer(0, "A course", ECHO)
    runner = web.AppRunner(await server._make_app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, server.socket).start()
    yield server
    await runner.cleanup()


async def test_a_page_is_for_who_holds_the_token(server: BrowserServer) -> None:
    own = f"http://{server.at}"
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        for path in ("/", "/static/js/textual.js", "/download/x", "/?token=no", "/?token="):
            async with browser.get(own + path) as refused:
                assert refused.status == 403 and "with its token" in await refused.text()
        with pytest.raises(WSServerHandshakeError):
            await browser.ws_connect(f"{own}/ws")
        async with browser.get(server.address) as page:
            text = await page.text()
            assert page.status == 200 and str(page.url) == f"{own}/"  # the token is not in the history
            assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        (cookie,) = browser.cookie_jar
        assert cookie.key == COOKIE and cookie["httponly"] and cookie["samesite"] == "Strict"
        asked = set(re.findall(r"(?:https?|ws)://[^\s\"'/]+", text))
        assert asked == {own, own.replace("http", "ws")} and "A course" in text


async def test_no_other_name_and_no_other_page_reaches_the_app(server: BrowserServer) -> None:
    own, held = f"http://{server.at}", {"Cookie": f"{COOKIE}={server.token}"}
    async with ClientSession() as browser:
        for more in (
            {"Host": "evil.example"},
            {"Origin": "http://evil.example"},
            {"Host": server.at.replace("127", "0")},
        ):
            async with browser.get(own, headers={**held, **more}) as refused:
                assert refused.status == 403
            with pytest.raises(WSServerHandshakeError):
                await browser.ws_connect(f"{own}/ws", headers={**held, **more})
        async with browser.ws_connect(f"{own}/ws", headers={**held, "Origin": own}) as line:
            await line.send_json(["ping", 7])
            assert await line.receive_json(timeout=HANGS) == ["pong", 7]


def test_it_is_reached_from_this_machine_alone_and_a_port_that_is_taken_is_said() -> None:
    server = BrowserServer(0, "A course", ECHO)
    try:
        address, port = server.socket.getsockname()
        assert address == "127.0.0.1" and server.address.startswith(f"http://127.0.0.1:{port}/?token=")
        assert len({BrowserServer(0, "", ECHO).token for _ in range(2)}) == 2
        said = own_process("serve", f"--port={port}")
        assert said.code == 2 and f"Port {port} cannot be used" in said.err
    finally:
        server.socket.close()


@pytest.fixture
def address() -> Iterator[str]:
    """The whole tutor, served as a learner does it."""
    process = subprocess.Popen(
        [str(BIN / "dl-tutor"), "serve", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.send_signal(signal.SIGINT)
    process.wait(HANGS)


@pytest.mark.slow
@pytest.mark.timeout(2 * HANGS)
def test_an_exercise_is_solved_in_chromium(address: str) -> None:
    """Needs Chromium with its driver, and the package selenium."""
    webdriver = pytest.importorskip("selenium.webdriver")
    driver, browser = shutil.which("chromedriver"), shutil.which("chromium") or shutil.which("google-chrome")
    if driver is None or browser is None:
        pytest.skip("no Chromium here")
    exercise = load_course().exercise("mixed-list")
    assert exercise is not None
    workspace.start(exercise)
    workspace.save(workspace.path_of(exercise), CONVERT)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1200,800"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    chromium = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        chromium.get(address)
        keys = webdriver.common.keys.Keys
        until = time.monotonic() + HANGS
        while "-first-byte" not in chromium.find_element("tag name", "body").get_attribute("class"):
            assert time.monotonic() < until
            time.sleep(0.5)
        pressed = iter([keys.ESCAPE, keys.DOWN, keys.ENTER])  # past the tour, to the first lesson's first exercise
        while not Progress().part("mixed-list", "convert").passed:
            assert time.monotonic() < until
            webdriver.ActionChains(chromium).send_keys(next(pressed, keys.F5)).perform()
            time.sleep(3)
        asked = [json.loads(entry["message"])["message"] for entry in chromium.get_log("performance")]
        urls = {one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"}
        own = address.partition("/?")[0]
        assert urls and all(url.startswith((own, "data:")) for url in urls), urls
    finally:
        chromium.quit()
