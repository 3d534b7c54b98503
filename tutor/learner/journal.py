"""The event log on disk: SQLite, one transaction an event.

An event is saved when `append` has returned True, and only then: the file is synced before. Where it cannot
be saved (read-only home, full disk) the log says so in `trouble`, keeps the event and tries again with
the next one; the tutor goes on.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from tutor.learner.events import AnyEvent, Entry, entry

BUSY_SECONDS = 5.0
"""How long to wait for the other process (the app and the command may be at work at once)."""

MIGRATIONS = (
    """
    create table entry(
        number integer primary key autoincrement,
        id text not null unique,
        at text not null,
        event text not null
    );
    """,
)
"""Statement blocks; number i takes the schema from version i to i + 1."""

REMOTE = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "fuse.",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "davfs",
    "virtiofs",
)
"""Beginnings of the names of file systems on which WAL's shared memory cannot be trusted."""

BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class ProgressError(Exception):
    """The progress cannot be read or written. The message is a sentence for the learner."""


class NewerProgress(ProgressError):
    """The file was written by a newer dl-tutor; it is left as it is."""


class Journal:
    """The event log in the file `path`. Opening never fails: see `trouble`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.trouble: str | None = None
        """Why events are not being saved, in one sentence; None while they are."""
        self.notice: str | None = None
        """Something that the learner must be told once: a broken file that was put aside."""
        self._lock = threading.RLock()
        self._database: sqlite3.Connection | None = None
        self._writable = False
        self._unsaved: list[Entry] = []
        self._read_up_to = 0
        with self._lock:
            self._open()

    def append(self, event: AnyEvent) -> tuple[Entry, bool]:
        """Adds an event. True with it says that it is saved, for certain."""
        with self._lock:
            made = entry(event)
            self._unsaved.append(made)
            return made, self._save()

    def fresh(self) -> list[Entry]:
        """The saved entries that this journal has not handed out yet, those of other processes too."""
        with self._lock:
            rows = self._rows(self._read_up_to)
            if rows:
                self._read_up_to = rows[-1][0]
            return [read for row in rows if (read := _entry_of(*row[1:]))]

    def everything(self) -> list[Entry]:
        """All entries, saved or not. Raises ProgressError where the file is there and cannot be read."""
        with self._lock:
            if self._database is None and self.path.exists():
                raise ProgressError(self.trouble or f"{self.path} cannot be read.")
            saved = [read for row in self._rows(0) if (read := _entry_of(*row[1:]))]
            return saved + self._unsaved

    def _rows(self, after: int) -> list[tuple[int, str, str, str]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(
                "select number, id, at, event from entry where number > ? order by number", (after,)
            ).fetchall()
        except sqlite3.Error as error:
            self.trouble = self._sentence(error)
            return []

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """No other process writes meanwhile: for reading and then writing what depends on it."""
        with self._lock:
            if self._database is None or not self._writable:
                yield
                return
            try:
                self._database.execute("begin immediate")
            except sqlite3.Error as error:
                self.trouble = self._sentence(error)
                yield
                return
            try:
                yield
            finally:
                if self._database.in_transaction:
                    self._finish()

    def add_all(self, entries: list[Entry]) -> int:
        """Adds entries that have a name already, in one transaction. Returns how many were new.

        Raises ProgressError; then none was added.
        """
        with self._lock:
            if self._database is None or not self._writable:
                raise ProgressError(self.trouble or f"{self.path} cannot be written.")
            try:
                self._database.execute("begin immediate")
                before = self._database.total_changes
                self._insert(entries)
                added = self._database.total_changes - before
                self._database.execute("commit")
            except sqlite3.Error as error:
                self._roll_back()
                raise ProgressError(self._sentence(error)) from None
            return added

    def close(self) -> None:
        """Closes the file. What could not be saved by now is lost, as `trouble` has said."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    # --- writing ----------------------------------------------------------------------------------

    def _save(self) -> bool:
        if not self._writable:
            self._open()
        if self._database is None or not self._writable:
            return False
        try:
            if not self._database.in_transaction:  # inside `alone` there is one
                self._database.execute("begin immediate")
            self._insert(self._unsaved)
        except sqlite3.Error as error:
            self._roll_back()
            self.trouble = self._sentence(error)
            return False
        return self._finish()

    def _finish(self) -> bool:
        assert self._database is not None
        try:
            self._database.execute("commit")
        except sqlite3.Error as error:
            self._roll_back()
            self.trouble = self._sentence(error)
            return False
        self._unsaved.clear()
        self.trouble = None
        return True

    def _insert(self, entries: list[Entry]) -> None:
        assert self._database is not None
        self._database.executemany(
            "insert or ignore into entry(id, at, event) values (?, ?, ?)",
            [(one.id, one.at, msgspec.json.encode(one.event).decode()) for one in entries],
        )

    def _roll_back(self) -> None:
        if self._database is not None and self._database.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("rollback")

    def _sentence(self, error: Exception) -> str:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return (
            f"Progress is not being saved: {self.path}: {reason.lower()}. The tutor goes on and tries again; "
            "look at the folder's rights and at the free space."
        )

    # --- opening ----------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
        self._writable = False
        seen = _identity(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connect()
        except NewerProgress as error:
            self.trouble = str(error)
        except sqlite3.DatabaseError as error:
            if (getattr(error, "sqlite_errorcode", 0) & 0xFF) in BROKEN:
                self._start_afresh(error, seen)
            else:
                self.trouble = self._sentence(error)
                self._read_only()
        except OSError as error:
            self.trouble = self._sentence(error)
            self._read_only()

    def _connect(self) -> None:
        database = sqlite3.connect(
            self.path,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _patiently(lambda: prepare(database, self.path))
        except BaseException:
            database.close()
            raise
        self._database, self._writable, self.trouble = database, True, None

    def _start_afresh(self, error: sqlite3.DatabaseError, seen: int) -> None:
        stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
        aside = self.path.with_name(f"{self.path.stem}.broken-{stamp}{self.path.suffix}")
        try:
            if _identity(self.path) != seen:  # another process was quicker: its new file is sound
                self._connect()
                return
            for ending in ("", "-wal", "-shm"):
                part = self.path.with_name(self.path.name + ending)
                if part.exists():
                    part.rename(aside.with_name(aside.name + ending))
            self._connect()
        except (OSError, sqlite3.DatabaseError, NewerProgress) as again:
            self.trouble = self._sentence(again)
            return
        self._read_up_to = 0
        self.notice = f"Your progress file could not be read ({error}). It is kept as {aside}; progress starts afresh."

    def _read_only(self) -> None:
        """What can be read is still shown."""
        if not self.path.is_file():
            return
        for how in ("mode=ro", "mode=ro&immutable=1"):
            try:
                database = sqlite3.connect(
                    f"{self.path.absolute().as_uri()}?{how}",
                    uri=True,
                    isolation_level=None,
                    check_same_thread=False,
                )
                database.execute("select count(*) from entry").fetchone()
            except sqlite3.Error:
                continue
            self._database = database
            return


def prepare(database: sqlite3.Connection, path: Path) -> None:
    """Sets up a connection and brings the schema up to date. Raises NewerProgress, sqlite3.DatabaseError."""
    version = database.execute("pragma user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise NewerProgress(
            f"{path} was written by a newer dl-tutor (format {version}, this one knows {len(MIGRATIONS)}). "
            "It is left as it is and nothing is saved; update dl-tutor."
        )
    database.execute(f"pragma journal_mode={'delete' if is_remote(path) else 'wal'}")
    database.execute("pragma synchronous=full")
    if version < len(MIGRATIONS):
        database.execute("begin immediate")
        # Another process may have migrated it while this one waited.
        version = database.execute("pragma user_version").fetchone()[0]
        for number, block in enumerate(MIGRATIONS[version:], version + 1):
            for statement in filter(str.strip, block.split(";")):
                database.execute(statement)
            database.execute(f"pragma user_version={number}")
        database.execute("commit")
    if database.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        broken = sqlite3.DatabaseError("its pages do not fit together")
        broken.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise broken


def is_remote(path: Path, mounts: str | None = None) -> bool:
    """Whether `path` lies on a remote file system, by the table of mounts (default: this machine's)."""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False  # no such table: not Linux
    real = path.resolve() if path.exists() else path.parent.resolve() / path.name
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if real.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind.startswith(REMOTE)


def _patiently(action: Callable[[], None]) -> None:
    """SQLite's own patience does not cover the change to WAL."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _identity(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _entry_of(id: str, at: str, event: str) -> Entry | None:
    """None for an event of a kind that this version does not know: it stays in the file."""
    try:
        return Entry(id=id, at=at, event=msgspec.json.decode(event, type=AnyEvent))
    except msgspec.DecodeError:
        return None
