"""A learner's answer to a question, as it is stored."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

MAX_NONCE = (1 << 63) - 1
"""What every form that a number is stored in can hold."""
Nonce = Annotated[int, msgspec.Meta(ge=0, le=MAX_NONCE)]


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to a part that takes a value; `nonce` says which numbers its question had."""

    value: Any
    nonce: Nonce | None = None
