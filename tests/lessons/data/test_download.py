"""Fetching a real set, from a server of our own: progress, going on, sums, and never half a set."""

from __future__ import annotations

import gzip
import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from grader.sandbox.packages import torchtext_in_python
from lessons.data import download, mirror, word_vectors
from lessons.data.catalogue import IDX, DataSet, Source, named

torchtext_in_python.install()

PACKED = {f"/{Path(name).name}.gz": gzip.compress(name.encode() * 20_000, mtime=0) for name in IDX}


class Server(BaseHTTPRequestHandler):
    asked: list[tuple[str, str | None]]
    ranges, broken, missing = True, 0, False

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.asked.append((self.path, wanted))
        if self.missing:
            return self.send_error(404)
        data = PACKED[self.path]
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.ranges else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        some = data[start:]
        if self.broken:
            type(self).broken -= 1
            some = some[: len(some) // 2]
        self.wfile.write(some)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Server]]:
    handler = type("Handler", (Server,), {"asked": []})
    web = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    handler.address = f"http://127.0.0.1:{web.server_address[1]}"  # type: ignore[attr-defined]
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield handler
    web.shutdown()


def data_set(server: type[Server], **sums: str) -> DataSet:
    base = named("fashion-mnist")
    assert base is not None
    sources = []
    for name in IDX:
        path = f"/{Path(name).name}.gz"
        md5 = sums.get(Path(name).stem.partition("-")[0], hashlib.md5(PACKED[path]).hexdigest())
        address = server.address  # type: ignore[attr-defined]
        sources.append(Source(f"{address}{path}", md5, len(PACKED[path]), name))
    return replace(base, sources=tuple(sources))


def test_a_set_comes_whole_with_progress(server: type[Server], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    data = data_set(server)
    place = download.fetch(data, tmp_path, lambda done, total: told.append((done, total)))
    assert mirror.state(data, tmp_path) == "real" and place == tmp_path / "FashionMNIST"
    for name in IDX:
        assert (place / name).read_bytes() == name.encode() * 20_000
    total = sum(map(len, PACKED.values()))
    assert told[-1] == (total, total) and [done for done, _ in told] == sorted(done for done, _ in told)
    assert not list((tmp_path / ".fetched").iterdir())


@pytest.mark.parametrize("ranges", [True, False], ids=["goes on", "begins anew"])
def test_what_was_broken_off_goes_on(server: type[Server], tmp_path: Path, ranges: bool) -> None:
    server.broken, server.ranges = 1, ranges
    data = data_set(server)
    with pytest.raises(mirror.DataError, match="What has come is kept"):
        download.fetch(data, tmp_path)
    assert mirror.state(data, tmp_path) == "absent"
    first = len(PACKED["/train-images-idx3-ubyte.gz"]) // 2
    server.asked.clear()
    download.fetch(data, tmp_path)
    assert server.asked[0] == ("/train-images-idx3-ubyte.gz", f"bytes={first}-") and len(server.asked) == 4
    assert mirror.state(data, tmp_path) == "real"


def test_files_that_came_are_not_fetched_again(server: type[Server], tmp_path: Path) -> None:
    with pytest.raises(mirror.DataError, match="is not what it should be: its MD5 is"):
        download.fetch(data_set(server, t10k="0" * 32), tmp_path)
    assert mirror.state(data_set(server), tmp_path) == "absent"
    server.asked.clear()
    download.fetch(data_set(server), tmp_path)
    assert [path for path, _ in server.asked] == ["/t10k-images-idx3-ubyte.gz", "/t10k-labels-idx1-ubyte.gz"]


def test_the_real_set_takes_the_stand_ins_place(server: type[Server], tmp_path: Path) -> None:
    data = data_set(server)
    for name in (*IDX, mirror.NOTE):
        path = tmp_path / data.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mirror.note_text(data) if name == mirror.NOTE else "x")
    assert mirror.state(data, tmp_path) == "stand-in"
    server.missing = True
    with pytest.raises(mirror.DataError, match="the server says 404"):
        download.fetch(data, tmp_path)
    assert mirror.state(data, tmp_path) == "stand-in"
    server.missing = False
    download.fetch(data, tmp_path)
    assert mirror.state(data, tmp_path) == "real" and mirror.notice(data, tmp_path) == ""


def test_without_a_server_there_is_one_sentence(server: type[Server], tmp_path: Path) -> None:
    data = data_set(server)
    nowhere = [replace(one, url=one.url.replace("127.0.0.1", "no.such.host.invalid")) for one in data.sources]
    with pytest.raises(mirror.DataError, match="dl-tutor data make fashion-mnist makes a stand-in"):
        download.fetch(replace(data, sources=tuple(nowhere)), tmp_path)


def zipped(lines: list[str]) -> bytes:
    """As the real file is: several sizes of vectors in one ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("glove.6B.100d.txt", "the " + "0.1 " * 100)
        file.writestr(word_vectors.FILE, "".join(f"{line}\n" for line in lines))
    return packed.getvalue()


def glove(server: type[Server], monkeypatch: pytest.MonkeyPatch, data: bytes) -> DataSet:
    monkeypatch.setitem(PACKED, "/glove.6B.zip", data)
    base = named("glove")
    assert base is not None
    address = server.address  # type: ignore[attr-defined]
    return replace(base, sources=(replace(base.sources[0], url=f"{address}/glove.6B.zip", size=len(data)),))


@pytest.mark.slow
def test_word_vectors_come_out_of_their_zip_ready_to_be_read(
    server: type[Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [*word_vectors.lines(), "sandberger " + " ".join(["0.25"] * 50)]
    data = glove(server, monkeypatch, zipped(lines))
    place = download.fetch(data, tmp_path)
    assert mirror.state(data, tmp_path) == "real" and (place / word_vectors.FILE).read_text().splitlines() == lines
    from torchtext.vocab import GloVe

    for path in (place, *place.iterdir()):
        path.chmod(0o555)
    read = GloVe(name="6B", dim=50, cache=str(place))
    assert len(read.itos) == 8757 and read["sandberger"].tolist() == [0.25] * 50


@pytest.mark.parametrize(
    ("packed", "why"),
    [
        (b"not a ZIP file", "File is not a zip file"),
        (zipped(word_vectors.lines()[5:]), "5 of 8756 known vectors are not in"),
    ],
    ids=["no zip", "other vectors"],
)
def test_what_is_not_glove_is_refused(
    server: type[Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bytes, why: str
) -> None:
    data = glove(server, monkeypatch, packed)
    with pytest.raises(mirror.DataError, match=why):
        download.fetch(data, tmp_path)
    assert mirror.state(data, tmp_path) == "absent"
    longer = replace(data, sources=(replace(data.sources[0], size=7),))
    with pytest.raises(mirror.DataError, match="bytes and not 7"):
        download.fetch(longer, tmp_path)
