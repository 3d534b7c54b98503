"""Fetching a real data set: with progress, going on where it was broken off, checked, and whole or not at all."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import http.client
import shutil
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast

from lessons import interpreter
from lessons.data import making
from lessons.data.catalogue import DataSet, Source
from lessons.data.making import Progress, nobody
from lessons.data.mirror import MAKING_SECONDS, DataError, Staging

CHUNK = 1 << 16
SECONDS = 30.0
"""Without a byte, after which a server counts as silent."""


def fetch(data: DataSet, mirror: Path, progress: Progress = nobody) -> Path:
    """The real set's folder in the mirror; a stand-in that lay there is replaced. Raises DataError.

    progress: is told how many bytes of how many have come.
    """
    if data.hub is not None:
        return _from_the_hub(data, data.hub, mirror)
    parts = mirror / ".fetched" / data.id
    try:
        parts.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{parts} cannot be written: {error.strerror or error}.") from None
    total, done = sum(source.size for source in data.sources), 0
    for source in data.sources:
        before = done

        def report(bytes_: int, before: int = before) -> None:
            progress(before + bytes_, total)

        done += _file(data, source, parts / Path(source.url).name, report)
    with Staging(data, mirror) as staging:
        for source in data.sources:
            _unpack(source, parts / Path(source.url).name, staging.folder / source.target)
        if data.finishes:
            _finish(data, staging.folder)
        staging.put()
    shutil.rmtree(parts, ignore_errors=True)
    return mirror / data.folder


def _go_on(data: DataSet) -> str:
    return (
        "What has come is kept: the same command goes on from there. "
        f"Without a network, dl-tutor data make {data.id} makes a stand-in."
    )


def _from_the_hub(data: DataSet, hub: tuple[str, str], mirror: Path) -> Path:
    """In a process of its own, whose progress is on stderr."""
    with Staging(data, mirror) as staging:
        command = interpreter.running_module("lessons.data.hub", *hub, str(staging.folder))
        environment = interpreter.environment((*interpreter.NETWORK, *interpreter.HOME))
        if interpreter.run(command, env=environment).returncode != 0:
            raise DataError(f"{data.title} could not be fetched from the hub, for the reason above. {_go_on(data)}")
        staging.put()
    return mirror / data.folder


def _file(data: DataSet, source: Source, path: Path, report: Callable[[int], None]) -> int:
    """Fetches one file, or what is missing of it; its size."""
    if path.is_file() and not _wrong(source, path):
        report(path.stat().st_size)
        return path.stat().st_size
    partial = path.with_name(f"{path.name}.part")
    try:
        _receive(source, partial, report)
    except urllib.error.HTTPError as error:
        raise DataError(f"{source.url} could not be fetched: the server says {error.code} {error.reason}.") from None
    except (OSError, http.client.HTTPException) as error:
        why = getattr(error, "reason", None) or error
        raise DataError(f"{source.url} could not be fetched ({why}). {_go_on(data)}") from None
    if wrong := _wrong(source, partial):
        partial.unlink()
        raise DataError(f"{source.url} is not what it should be: {wrong}.")
    partial.replace(path)
    return path.stat().st_size


def _receive(source: Source, partial: Path, report: Callable[[int], None]) -> None:
    have = partial.stat().st_size if partial.is_file() else 0
    request = urllib.request.Request(source.url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=SECONDS)
    except urllib.error.HTTPError as error:
        if error.code != http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        return  # nothing is missing; the sum says whether it is right
    with answer:
        if have and answer.status != http.client.PARTIAL_CONTENT:
            have = 0  # this server begins anew
        length = answer.headers.get("Content-Length")
        end = have + int(length) if length else None
        with partial.open("ab" if have else "wb") as file:
            while data := answer.read(CHUNK):
                file.write(data)
                have += len(data)
                report(have)
    if end is not None and have < end:
        raise ConnectionError(f"it broke off after {have} of {end} bytes")


def _wrong(source: Source, path: Path) -> str:
    """What is wrong with a file that has come: its sum, or its size where nobody states a sum."""
    if not source.md5:
        size = path.stat().st_size
        return f"it has {size} bytes and not {source.size}" if size != source.size else ""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return f"its MD5 is {found} and not {source.md5}" if found != source.md5 else ""


def _unpack(source: Source, packed: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.ExitStack() as stack:
            content: IO[bytes]
            if source.member:
                content = stack.enter_context(stack.enter_context(zipfile.ZipFile(packed)).open(source.member))
            else:
                content = cast(IO[bytes], stack.enter_context(gzip.open(packed)))
            shutil.copyfileobj(content, stack.enter_context(target.open("wb")))
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, KeyError) as error:
        packed.unlink()
        raise DataError(f"{source.url} is not what it should be: {error}.") from None
    except OSError as error:
        raise DataError(f"{target} cannot be written: {error.strerror or error}.") from None


def _finish(data: DataSet, folder: Path) -> None:
    """The set's module looks through what has come, in a process of its own. Raises DataError."""
    module = f"lessons.data.{data.made_by}"
    try:
        trouble = making.run(module, ["--finish", str(folder)], MAKING_SECONDS)
    except TimeoutError:
        trouble = f"it was not read in {MAKING_SECONDS:g} s"
    if trouble is not None:
        raise DataError(f"What has come of {data.title} cannot be used: {trouble}")
