# SPDX-License-Identifier: GPL-3.0-or-later
"""A line in front of a server: adds a delay and a rate limit each way, cuts after so many bytes.
usage: relay.py PORT TARGET_PORT RTT_MS DROP_AFTER_BYTES [RATE_MBIT]     (0 = none, never)
It holds what a real path would: the bytes that are on their way, and a few MiB of buffers."""
import asyncio
import collections
import socket
import sys

port, target, rtt, drop_after = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
rate = float(sys.argv[5]) * 1e6 / 8 if len(sys.argv) > 5 else 0.0
delay = rtt / 2000
held_at_most = int(rate * delay) + 4 * 1024 * 1024


async def pump(reader, writer, count):
    clock = asyncio.get_running_loop().time
    pieces = collections.deque()  # (when it is there, bytes); b"" is the end
    held = 0
    changed = asyncio.Event()

    async def take():
        nonlocal held
        sent = 0.0  # when the line has taken all before
        while True:
            while held > held_at_most:
                changed.clear()
                await changed.wait()
            try:
                data = await reader.read(65536)
            except ConnectionError:
                data = b""
            sent = max(sent, clock()) + (len(data) / rate if rate else 0)
            count[0] += len(data)
            if drop_after and count[0] > drop_after:
                data = b""
            pieces.append((sent + delay, data))
            held += len(data)
            changed.set()
            if not data:
                return

    async def give():
        nonlocal held
        while True:
            while not pieces:
                changed.clear()
                await changed.wait()
            due, data = pieces.popleft()
            wait = due - clock()
            if wait > 0:
                await asyncio.sleep(wait)
            if not data:
                return
            writer.write(data)
            await writer.drain()
            held -= len(data)
            changed.set()

    taking = asyncio.create_task(take())
    try:
        await give()
    except ConnectionError:
        pass
    finally:
        taking.cancel()
        writer.close()


async def serve(reader, writer):
    try:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", target, limit=1 << 20)
    except OSError:
        writer.close()
        return
    for end in (writer, inner_writer):
        end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    count = [0]
    await asyncio.gather(pump(reader, inner_writer, count), pump(inner_reader, writer, count))


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 20)
    async with server:
        await server.serve_forever()


asyncio.run(main())
