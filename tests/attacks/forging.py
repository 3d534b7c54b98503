"""What an attack needs that sends frames of its own: the stamp of this run, and a way to send what it likes.

Run in front of the attacks that say `# with: forging`, in their process.
"""

import os
import struct
import sys
from types import FrameType


def nonce() -> tuple[bytes, int]:
    frame: FrameType | None = sys._getframe()
    while frame and not isinstance(frame.f_locals.get("nonce"), bytes):
        frame = frame.f_back
    assert frame
    return frame.f_locals["nonce"], frame.f_locals["number"]


def send(header: bytes, body: bytes = b"", size: int | None = None) -> None:
    stamp, _ = nonce()
    length = len(header) if size is None else size
    left = memoryview(struct.pack("<4s16sIQ", b"DLT1", stamp, length, len(body)) + header + body)
    while left:
        left = left[os.write(3, left) :]
    os._exit(0)
