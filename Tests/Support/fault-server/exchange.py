"""One request of a client and what becomes of it."""

import asyncio
import json
import re
import socket
import struct
import urllib.parse

from http_wire import ConnectionEnded, Message, read_message


class ClientGone(Exception):
    """The client gave up waiting for its answer."""


class ClientReader(asyncio.StreamReader):
    """A reader that tells when its client hung up, also while nothing is being read from it."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)
        self.ended = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.ended.set()

    def set_exception(self, exc: BaseException) -> None:
        super().set_exception(exc)
        self.ended.set()


class Exchange:
    """What a fault may do with a request: forward it, answer it, or break its connection."""

    def __init__(self, request: Message, reader: ClientReader, writer: asyncio.StreamWriter, server) -> None:
        self.request = request
        self.reader = reader
        self.writer = writer
        self.server = server

    @property
    def action(self) -> str:
        """`SendMessage`, from the target of AWS JSON or the form of AWS Query; a path for anything else."""
        if target := self.request.header("x-amz-target"):
            return target.rpartition(".")[2]
        if form := re.search(rb"(?:^|&)Action=(\w+)", self.request.body):
            return form[1].decode()
        return self.request.start_line.split(" ")[1]

    def content(self) -> dict:
        return json.loads(self.request.body or b"{}")

    async def forward(self) -> Message:
        return await self.unless_client_leaves(ask(self.server.upstream, self.request))

    async def forward_as_root(self, content: dict) -> Message:
        """Carries out another content than the client signed: the local server doesn't check its root key."""
        request = self.request.replacing_body(json.dumps(content).encode())
        request.head = re.sub(rb"(?i)(authorization:.*Credential=)[^/]+", rb"\1test", request.head)
        request.head = re.sub(rb"(?i)x-amz-security-token:[^\r]*\r\n", b"", request.head)
        return await self.unless_client_leaves(ask(self.server.upstream, request))

    async def unless_client_leaves(self, work) -> Message:
        """A client that hangs up in the middle of a long poll ends it upstream too, where it would take messages."""
        answered = asyncio.ensure_future(work)
        left = asyncio.ensure_future(self.reader.ended.wait())
        try:
            await asyncio.wait([answered, left], return_when=asyncio.FIRST_COMPLETED)
            if not answered.done():
                raise ClientGone
            return answered.result()
        finally:
            answered.cancel()
            left.cancel()

    async def client_is_gone(self) -> None:
        await self.reader.ended.wait()
        raise ClientGone

    async def respond(self, response: Message) -> None:
        await self.send(response.encoded())

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def repeat_at_next_receive(self, message: dict) -> None:
        self.server.repeats.setdefault(self.content().get("QueueUrl"), []).append(message)

    def reset(self) -> None:
        """Closes so that the client sees a reset (RST), not an end."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    def close(self) -> None:
        self.writer.close()


async def ask(upstream: urllib.parse.SplitResult, request: Message) -> Message:
    """One request on a connection of its own: a kept one may have been closed by the server in the meantime."""
    reader, writer = await asyncio.open_connection(upstream.hostname, upstream.port)
    try:
        writer.write(request.encoded())
        await writer.drain()
        return await read_message(reader)
    except ConnectionEnded:
        raise ConnectionError("the server upstream ended its connection before it had answered") from None
    finally:
        writer.close()
