"""`log`, `progress` and `show` for code that runs outside the tutor: there they print plain lines.

Inside the tutor the worker puts `grader.live.logger` in this module's place, and the same calls draw.
"""

from typing import Any

from grader.live import logger
from grader.live.logger import log, progress, show

__all__ = ["log", "progress", "show"]


def _print(figure: dict[str, Any]) -> None:
    from grader.records.figure import parse
    from tutor.plots.drawing import plain_lines

    for line in plain_lines(parse(figure)):
        logger.put(line)


logger.printer = _print
