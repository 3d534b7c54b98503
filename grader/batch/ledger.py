"""What has been judged of a class, kept as it comes: a line for each verdict, on disk before it is counted as done.

A run that was killed reads its own lines and goes on. A line that was being written then is not whole, and is nobody's.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.records.verdict import Status, Verdict
from grader.submission import BadSubmission, Submission

NAME = "verdicts.jsonl"


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A verdict on what somebody has handed in. digest: of that, and of what it was judged by. source: their file."""

    learner: str
    digest: str
    verdict: Verdict
    source: str | None = None
    """None where there was no file, and in lines of earlier versions."""


class LedgerError(BadSubmission):
    """A ledger that cannot be used: what, where, and what to do."""


class _Head(msgspec.Struct, frozen=True):
    ledger: int
    of: str
    seed: int


class Place(msgspec.Struct, frozen=True):
    """Where the line of a verdict is, and what it says in short."""

    learner: str
    exercise: str
    digest: str
    status: Status
    at: int


class Lines:
    """The lines of one class, to be read; also while a run writes them."""

    def __init__(self, folder: Path) -> None:
        """folder: of a run. Raises LedgerError where it is none."""
        self.path = folder / NAME
        if not self.path.is_file():
            raise LedgerError(f"{folder} has no {NAME}: it is not what `dl-grader class --out` has written.")

    def places(self) -> dict[tuple[str, str], Place]:
        """Where the last verdict on each learner's exercise is; a last line that is not whole is left out.

        Raises LedgerError.
        """
        found: dict[tuple[str, str], Place] = {}
        with self.path.open("rb") as file:
            at = len(file.readline())
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    entry = msgspec.json.decode(line, type=Entry)
                except (msgspec.DecodeError, RecursionError) as error:
                    raise LedgerError(f"{self.path} has a line that is no verdict, at byte {at} ({error}).") from None
                key = entry.learner, entry.verdict.exercise
                found[key] = Place(*key, entry.digest, entry.verdict.status, at)
                at += len(line)
        return found

    def read(self, places: Iterable[Place]) -> list[Entry]:
        """The verdicts at some places."""
        found = []
        with self.path.open("rb") as file:
            for place in places:
                file.seek(place.at)
                found.append(msgspec.json.decode(file.readline(), type=Entry))
        return found


class Ledger(Lines):
    """The lines of one class. Written by one run at a time."""

    def __init__(self, folder: Path, of: str, seed: int) -> None:
        """folder: is made where it is not there. of: what the run is about; another one's ledger is refused.

        seed: of a run that begins; one that goes on has its own. Raises LedgerError and OSError.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / NAME
        self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            self.seed = self._begun(of, seed)
        except BaseException:
            os.close(self._file)
            raise

    def _begun(self, of: str, seed: int) -> int:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LedgerError(f"{self.path} is being written by another run.") from None
        self._whole()
        with self.path.open("rb") as file:
            line = file.readline()
        if not line:
            self._write(msgspec.json.encode(_Head(1, of, seed)))
            return seed
        try:
            head = msgspec.json.decode(line, type=_Head)
        except msgspec.DecodeError as error:
            raise LedgerError(f"{self.path} is no list of verdicts ({error}). Choose another folder: --out.") from None
        if head.of != of:
            raise LedgerError(
                f"{self.path} is of another run: another course or choice of exercises. "
                "Choose another folder with --out, or take this one away."
            )
        return head.seed

    def close(self) -> None:
        os.close(self._file)

    def _whole(self) -> None:
        """Takes off a last line that is not whole."""
        end = os.fstat(self._file).st_size
        while end > 0:
            step = min(end, 1 << 16)
            at = os.pread(self._file, step, end - step).rfind(b"\n")
            if at >= 0:
                end = end - step + at + 1
                break
            end -= step
        os.ftruncate(self._file, end)

    def _write(self, line: bytes) -> None:
        data = memoryview(line + b"\n")
        while data:
            data = data[os.write(self._file, data) :]
        os.fsync(self._file)

    def add(self, entries: list[Entry]) -> None:
        """Keeps verdicts; on disk for certain when the call returns. Raises OSError."""
        if entries:
            self._write(b"\n".join(map(msgspec.json.encode, entries)))


def digest_of(submission: Submission, by: str) -> str:
    """What a verdict is good for: the file, the answers, and what they are judged by."""
    made = hashlib.sha256(by.encode())
    made.update(b"\0" if submission.source is None else submission.source.encode("utf-8", "surrogatepass") + b"\1")
    made.update(submission.refused.encode("utf-8", "replace") + b"\0")
    for part, given in sorted(submission.answers.items()):
        made.update(part.encode() + b"\0" + msgspec.json.encode(given) + b"\0")
    return made.hexdigest()[:24]
