# SPDX-License-Identifier: GPL-3.0-or-later
"""A relay in front of the instance's sshd: adds a delay, cuts after so many bytes.
usage: relay.py PORT TARGET_PORT RTT_MS DROP_AFTER_BYTES (0 = never)"""
import asyncio
import sys

port, target, rtt, drop_after = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])


async def pump(reader, writer, count):
    try:
        while data := await reader.read(65536):
            await asyncio.sleep(rtt / 2000)
            count[0] += len(data)
            if drop_after and count[0] > drop_after:
                break
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def serve(reader, writer):
    try:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", target)
    except OSError:
        writer.close()
        return
    count = [0]
    await asyncio.gather(pump(reader, inner_writer, count), pump(inner_reader, writer, count))


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


asyncio.run(main())
