"""Messages between host and judge: JSON with a length before it, descriptors beside it."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("<I")
MAX_MESSAGE = 64 << 20


class Line:
    """One end of the connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._data = bytearray()
        self._descriptors: list[int] = []
        self._messages: list[dict[str, Any]] = []

    def fileno(self) -> int:
        return self.connection.fileno()

    def send(self, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
        """Raises OSError where the other end is gone."""
        data = json.dumps(message).encode()
        data = _LENGTH.pack(len(data)) + data
        sent = socket.send_fds(self.connection, [data], descriptors or [])
        if sent < len(data):  # to send nothing is an error too, where the other end has read it all and is gone
            self.connection.sendall(data[sent:])

    def receive(self) -> list[dict[str, Any]]:
        """Waits for bytes and gives the messages they complete. Raises EOFError at the end of the stream."""
        data, descriptors, _, _ = socket.recv_fds(self.connection, 1 << 16, 8)
        if not data:
            raise EOFError
        self._data += data
        self._descriptors += descriptors
        messages = []
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            if length > MAX_MESSAGE:
                raise EOFError
            if len(self._data) < _LENGTH.size + length:
                break
            messages.append(json.loads(bytes(self._data[_LENGTH.size : _LENGTH.size + length])))
            del self._data[: _LENGTH.size + length]
        return messages

    def next(self) -> dict[str, Any]:
        """Waits for one message."""
        while not self._messages:
            self._messages += self.receive()
        return self._messages.pop(0)

    @property
    def pending(self) -> bool:
        """Whether a message is here already."""
        return bool(self._messages)

    def descriptor(self) -> int:
        """The next descriptor that came beside a message."""
        return self._descriptors.pop(0)

    def close(self) -> None:
        self.connection.close()
