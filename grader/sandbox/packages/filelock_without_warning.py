"""filelock warns that there is no flock, and takes a file for a lock instead. In a worker that is always so, and
nothing that a learner could mend: `datasets` asks for two locks whenever it reads a set.
"""

from __future__ import annotations

import warnings

MESSAGE = "flock not supported on this filesystem"


def install() -> None:
    """Leaves that one warning out from now on."""
    warnings.filterwarnings("ignore", message=MESSAGE, category=UserWarning)
