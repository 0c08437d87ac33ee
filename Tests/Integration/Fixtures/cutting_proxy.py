"""A proxy in front of PostgreSQL that closes connections in the middle of what they are at.

    cutting_proxy.py HOST PORT CUTS

Prints the port that it listens on, then a line for each cut: what the client was at (`claim`, `delete` or `send`), and
whether the server still heard of it. Every statement of a kind in turn is let through a few times, cut before the server
hears of it, let through again, and cut before the client hears the answer, until each kind was cut CUTS times.
"""
import collections
import os
import signal
import socket
import struct
import sys
import threading
import time

KINDS = {"claim": "WITH taken AS", "delete": "DELETE FROM", "send": "INSERT INTO"}
LET_THROUGH = 6

lock = threading.Lock()
seen = collections.Counter()
cuts = collections.Counter()


def kind_of(query):
    if '."messages"' not in query and ".messages" not in query:
        return None
    return next((kind for kind, words in KINDS.items() if words in query), None)


def verdict(kind, limit):
    """`None`, or whether the server is to hear of the statement whose connection is cut."""
    with lock:
        seen[kind] += 1
        if cuts[kind] >= limit or seen[kind] % LET_THROUGH:
            return None
        cuts[kind] += 1
        heard = cuts[kind] % 2 == 0
        print(f"cut {kind} {'heard' if heard else 'unheard'}", flush=True)
        return heard


def close(*sockets):
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        one.close()


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    close(source, target)


def serve(client, address, limit):
    server = socket.create_connection(address)
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    queries, buffer, is_started = {}, b"", False
    try:
        while data := client.recv(65536):
            buffer += data
            kind = None
            while True:
                head = 0 if not is_started else 1
                if len(buffer) < head + 4:
                    break
                size = head + struct.unpack("!I", buffer[head:head + 4])[0]
                if len(buffer) < size:
                    break
                message, buffer = buffer[:size], buffer[size:]
                if not is_started:
                    # An encryption request comes before the start itself.
                    is_started = message[4:8] == struct.pack("!I", 196608)
                elif message[:1] == b"P":
                    name, query = message[5:].split(b"\0", 2)[:2]
                    queries[name] = query.decode(errors="replace")
                elif message[:1] == b"B":
                    kind = kind or kind_of(queries.get(message[5:].split(b"\0", 2)[1], ""))
            heard = verdict(kind, limit) if kind else None
            if heard is None:
                server.sendall(data)
            elif heard:
                server.sendall(data)
                close(client)
                # The server ends by itself once it sees that nobody is there, after it has done what it heard.
                time.sleep(0.2)
                break
            else:
                break
    except OSError:
        pass
    close(client, server)


def main():
    host, port, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    # The threads of a pool, from which tests start processes, block all signals, and whoever they start inherits that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"port {listener.getsockname()[1]}", flush=True)
    test = os.getppid()
    listener.settimeout(1)
    while os.getppid() == test:
        try:
            client, _ = listener.accept()
        except TimeoutError:
            continue
        client.settimeout(None)
        threading.Thread(target=serve, args=(client, (host, port), limit), daemon=True).start()


main()
