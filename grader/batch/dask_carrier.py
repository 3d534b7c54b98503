"""Errands by way of a dask scheduler. `distributed` is imported where this module's class is made, and nowhere else.

Only text goes over the wire besides the names of our own two functions: a worker imports them from its own dl-tutor.
"""

from __future__ import annotations

import importlib.util
import logging
import queue
import warnings
from collections.abc import Iterable
from typing import Any

from grader.batch import errand
from grader.batch.cluster import KEPT, ClusterError, Outcome
from grader.records.printable import one_line
from grader.submission import BadSubmission

SECONDS = 15.0
"""For the scheduler to answer."""
MISSING = "--engine dask needs distributed, which is not installed here: pip install 'dl-tutor[cluster]'"


class DaskCarrier:
    """Talks to one scheduler. address: such as tcp://10.0.0.1:8786.

    Raises BadSubmission where distributed is missing or the address is none, ClusterError where nobody answers.
    """

    def __init__(self, address: str) -> None:
        if importlib.util.find_spec("distributed") is None:
            raise BadSubmission(MISSING)
        from distributed import Client

        for name in [one for one in logging.root.manager.loggerDict if one.startswith("distributed")]:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters of it is said in a sentence
        self.address = address
        self._news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._futures: dict[str, Any] = {}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # other versions of dask; ours are compared by the workers
                self.client: Any = Client(address, timeout=SECONDS, set_as_default=False)
        except ValueError as error:
            raise BadSubmission(f"{address!r} is no address of a scheduler ({error}); write tcp://HOST:8786.") from None
        except (OSError, ImportError) as error:
            why = one_line(str(error)) or type(error).__name__
            raise ClusterError(f"No scheduler answers at {address}: {why}. Start one with `dask scheduler`.") from None

    def __enter__(self) -> DaskCarrier:
        return self

    def __exit__(self, *_: object) -> None:
        self._futures.clear()
        self.client.close(timeout=SECONDS)

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's dashboard; nothing where it has none."""
        try:
            return str(self.client.dashboard_link or "")
        except (KeyError, OSError):
            return ""

    def workers(self) -> set[str]:
        try:
            return set(self.client.nthreads())
        except Exception as error:  # whatever distributed has for it: closed, lost, timed out
            raise self._gone(error) from None

    def send(self, what: str, data: bytes, workers: Iterable[str]) -> str:
        try:
            future = self.client.submit(getattr(errand, what), data, workers=list(workers), pure=False, retries=0)
        except Exception as error:
            raise self._gone(error) from None
        self._futures[future.key] = future
        future.add_done_callback(self._news.put)
        return str(future.key)

    def _gone(self, error: Exception) -> ClusterError:
        return ClusterError(f"The scheduler at {self.address} does not answer any more: {_told(error)}. {KEPT}")

    def news(self, seconds: float) -> tuple[str, Outcome] | None:
        try:
            future = self._news.get(timeout=seconds)
        except queue.Empty:
            return None
        if self._futures.pop(future.key, None) is None:
            return None
        try:
            return future.key, Outcome(future.result(timeout=SECONDS))
        except Exception as error:  # the worker's, or distributed's own
            if self.client.status != "running":  # no worker is at fault
                raise self._gone(error) from None
            return future.key, Outcome(why=_told(error))

    def drop(self, name: str) -> None:
        if (future := self._futures.pop(name, None)) is not None:
            future.cancel(force=True)


def _told(error: Exception) -> str:
    if type(error).__name__ == "KilledWorker":
        return "one worker after another died while it had it"
    if type(error).__name__ == "FutureCancelledError":
        return "the connection is lost"
    if "deserialization of the task graph" in str(error):
        return "the scheduler has no dl-tutor, or not the one that is here; install it there too"
    if isinstance(error, ModuleNotFoundError):
        return f"it has no dl-tutor, or not all of it ({error})"
    return one_line(f"{type(error).__name__}: {error}").rstrip(".")
