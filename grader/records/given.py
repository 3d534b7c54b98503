"""A learner's answer to a question, as it is stored."""

from __future__ import annotations

from typing import Any

import msgspec


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a part that takes a value; `nonce` says which numbers its question had."""

    value: Any
    nonce: int | None = None
