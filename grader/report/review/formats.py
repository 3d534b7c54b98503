"""The faces of a review, by the names that the command knows them by."""

from __future__ import annotations

from collections.abc import Callable

from grader.report.review import lines, page, table
from grader.report.review.record import ClassReview

FORMATS: dict[str, Callable[[ClassReview], bytes]] = {"text": lines.render, "html": page.render, "csv": table.render}
