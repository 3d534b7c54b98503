"""Looks at the machine while an attack goes on: what is taken from others and given back at the end leaves no trace."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from tests.attacks.belongings import locked

INTERVAL = 0.02
MOST = {
    "signals queued": 1000,
    "asynchronous requests": 1000,
    "threads": 5000,
    "MiB in deleted files": 1024,
    "locks on data sets": 0,
}
"""More than this, beside what there was before, is taken from others. Of what is looked at from time to time, and then
stopped, a fast process on a slow machine has more than is promised."""


class Monitor:
    """Within its block, notes the most that there is of each. zygote: whose children are looked at, once it runs."""

    def __init__(self, zygote: Callable[[], int | None], victim: int, data: Path) -> None:
        self.zygote, self.victim, self.data = zygote, victim, data
        self.most: Counter[str] = Counter()
        self._over = threading.Event()
        self._before = self._machine()

    def __enter__(self) -> Monitor:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def taken(self) -> Iterator[str]:
        """What was more than it may be."""
        for what, most in self.most.items():
            if most > MOST[what]:
                yield f"{what}: {most} at a time"

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            self.look()

    def look(self) -> None:
        """Notes what there is now."""
        now = {what: count - self._before[what] for what, count in self._machine().items()}
        zygote = self.zygote()
        with contextlib.suppress(OSError):
            for child in Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split():
                now["threads"] = max(now.get("threads", 0), len(os.listdir(f"/proc/{child}/task")))
                now["MiB in deleted files"] = now.get("MiB in deleted files", 0) + (_deleted(child) >> 20)
        for what, count in now.items():
            self.most[what] = max(self.most[what], count)

    def _machine(self) -> dict[str, int]:
        status = Path(f"/proc/{self.victim}/status").read_text() if Path(f"/proc/{self.victim}").exists() else ""
        queued = next((line for line in status.splitlines() if line.startswith("SigQ")), "SigQ: 0/0")
        return {
            "signals queued": int(queued.split()[1].split("/")[0]),
            "asynchronous requests": int(Path("/proc/sys/fs/aio-nr").read_text()),
            "locks on data sets": locked(self.data),
        }


def _deleted(process: str) -> int:
    """Bytes in files without a name that a process holds, by a descriptor of any of its threads or by a mapping."""
    home = Path("/proc", process)
    tables = [task / "fd" for task in (home / "task").iterdir()][:32]
    if "(deleted)" in (home / "maps").read_text():
        tables.append(home / "map_files")  # root's to look into
    sizes: dict[tuple[int, int], int] = {}
    for table in tables:
        with contextlib.suppress(OSError):
            for entry in table.iterdir():
                with contextlib.suppress(OSError):
                    found = entry.stat()
                    if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                        sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())
