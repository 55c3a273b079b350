"""Many tunnels at once, each with bytes of its own both ways.

crowd.py PORT TUNNELS BYTES: all are open before any is used; what comes out at either end must have the checksum of what went in.
"""

import asyncio
import hashlib
import os
import resource
import sys

PORT, TUNNELS, BYTES = map(int, sys.argv[1:])
NEEDED = 2 * TUNNELS + 100
HARD = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(NEEDED, HARD), HARD))


async def swap(reader, writer):
    """Sends random bytes and their end; returns the checksums of what was sent and of what came meanwhile."""

    async def send():
        data = os.urandom(BYTES)
        writer.write(data)
        await writer.drain()
        writer.write_eof()
        return hashlib.sha256(data).digest()

    sent, came = await asyncio.gather(send(), reader.read(-1))
    writer.close()
    return sent, hashlib.sha256(came).digest()


async def main():
    ready, at_target = asyncio.Event(), []

    async def serve(reader, writer):
        await ready.wait()
        number = await reader.readexactly(4)
        at_target.append((number, *await swap(reader, writer)))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=4096)
    target = "127.0.0.1:%d" % server.sockets[0].getsockname()[1]

    async def dial():
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head:
            sys.exit(f"no tunnel: {head}")
        return reader, writer

    tunnels = []
    while len(tunnels) < TUNNELS:
        tunnels += await asyncio.gather(*(dial() for _ in range(min(200, TUNNELS - len(tunnels)))))
    ready.set()

    async def use(number, reader, writer):
        writer.write(number)
        return number, *await swap(reader, writer)

    names = [i.to_bytes(4, "big") for i in range(TUNNELS)]
    at_client = await asyncio.gather(*(use(name, *ends) for name, ends in zip(names, tunnels)))
    while len(at_target) < TUNNELS:
        await asyncio.sleep(0.01)
    there = {number: (came, sent) for number, sent, came in at_target}
    whole = sum(there[number] == (sent, came) for number, sent, came in at_client)
    print(f"{whole} of {TUNNELS} tunnels carried both ways what was sent")
    sys.exit(whole < TUNNELS)


asyncio.run(main())
