// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// An SFTP server (draft-ietf-secsh-filexfer-02) in Python that shows one directory, "/odd", with
/// names and sizes that no file system has. Its argument is what else is odd about it:
/// "names"; "endless": each directory holds another; "no-readlink": a link can't be read;
/// "dies MARK": it ends when a link is read and there is no file MARK, which it makes.
inline constexpr auto oddSftpServer = R"(import os, struct, sys
how = sys.argv[1]
DIR, FILE, LINK = 0o40755, 0o100644, 0o120777
NAMES = [(b"good", FILE, 4), (b"link", LINK, 4)]
if how == "names":
    NAMES = [(b"good", FILE, 4), (b"..", DIR, 0), (b".", DIR, 0), (b"a/b", FILE, 4),
             (b"../../out", FILE, 4), (b"/tmp/out", FILE, 4), (b"", FILE, 4),
             (b"nul\0name", FILE, 4), (b"huge", FILE, 1 << 60), (b"negative", FILE, (1 << 64) - 5)]
if how == "endless":
    NAMES = [(b"d" * 100, DIR, 0)]
def string(b): return struct.pack(">I", len(b)) + b
def attributes(mode, size): return struct.pack(">IQIII", 0xd, size, mode, 1600000000, 1600000000)
def send(kind, id, body):
    packet = bytes([kind]) + (b"" if id is None else struct.pack(">I", id)) + body
    sys.stdout.buffer.write(struct.pack(">I", len(packet)) + packet)
    sys.stdout.buffer.flush()
def status(id, code): send(101, id, struct.pack(">I", code) + string(b"no") + string(b""))
listed = False
while True:
    head = sys.stdin.buffer.read(4)
    if len(head) < 4: break
    packet = sys.stdin.buffer.read(struct.unpack(">I", head)[0])
    kind = packet[0]
    if kind == 1:
        send(2, None, struct.pack(">I", 3))
        continue
    id = struct.unpack(">I", packet[1:5])[0]
    size = struct.unpack(">I", packet[5:9])[0] if len(packet) >= 9 else 0
    path, rest = packet[9:9 + size], packet[9 + size:]
    if kind == 16: send(104, id, struct.pack(">I", 1) + string(b"/odd") * 2 + attributes(DIR, 0))
    elif kind in (7, 8, 17):
        if path == b"/odd": send(105, id, attributes(DIR, 0))
        elif path in (b"/odd/good", b"file"): send(105, id, attributes(FILE, 4))
        else: status(id, 2)
    elif kind == 11:
        listed = False
        send(102, id, string(b"directory"))
    elif kind == 12:
        if listed: status(id, 1)
        else: send(104, id, struct.pack(">I", len(NAMES)) + b"".join(
            string(name) + string(b"") + attributes(mode, size) for name, mode, size in NAMES))
        listed = True
    elif kind == 3: send(102, id, string(b"file"))
    elif kind == 5:
        offset = struct.unpack(">Q", rest[:8])[0]
        if offset < 4: send(103, id, string(b"good"[offset:]))
        else: status(id, 1)
    elif kind == 19:
        if how == "dies" and not os.path.exists(sys.argv[2]):
            open(sys.argv[2], "w").close()
            break
        if how == "dies": send(104, id, struct.pack(">I", 1) + string(b"good") + string(b"") +
                               attributes(LINK, 4))
        else: status(id, 4)
    elif kind == 4: status(id, 0)
    else: status(id, 8)
)";
