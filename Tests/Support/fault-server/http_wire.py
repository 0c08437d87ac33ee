"""HTTP/1.1 messages as they travel: the head is kept byte for byte, so that a signature over it stays right."""

import asyncio
import dataclasses

LONGEST_HEAD = 64 * 1024


class ConnectionEnded(Exception):
    """The peer closed its connection where a message should have begun or gone on."""


@dataclasses.dataclass
class Message:
    """A request or a response."""

    head: bytes
    body: bytes

    @property
    def start_line(self) -> str:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")

    def header(self, name: str) -> str | None:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.decode("latin-1").lower() == name.lower():
                return value.decode("latin-1").strip()
        return None

    def replacing_body(self, body: bytes) -> "Message":
        """The same message with another body and the length that belongs to it."""
        dropped = (b"content-length:", b"transfer-encoding:")
        lines = [line for line in self.head[:-4].split(b"\r\n") if not line.lower().startswith(dropped)]
        lines.append(b"Content-Length: %d" % len(body))
        return Message(b"\r\n".join(lines) + b"\r\n\r\n", body)

    def encoded(self) -> bytes:
        return self.head + self.body


async def read_message(reader: asyncio.StreamReader) -> Message:
    """Reads one message; a chunked body comes back whole, with its length in the head."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        message = Message(head, b"")
        if (message.header("transfer-encoding") or "").lower() == "chunked":
            return message.replacing_body(await read_chunks(reader))
        return Message(head, await reader.readexactly(int(message.header("content-length") or 0)))
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise ConnectionEnded from error


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # trailers mean nothing here
    return body


def answer(status: str, body: bytes, *headers: str) -> Message:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/x-amz-json-1.0", f"Content-Length: {len(body)}", *headers]
    return Message("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n", body)
