"""hanging.py FOLDER MODE PREFIX: a small FUSE file system, without any library. Needs root.

MODE: ok (12 files with the prefix), read, list or stat (that call never returns), error (lists fail with EIO). The mode can be changed
while it runs, by a line on standard input.
"""

import ctypes
import errno
import os
import stat
import struct
import sys
import threading

ASYNC_READ = 1
root, mode, prefix = sys.argv[1:]
FILES = [f"{prefix}{i}.md" for i in range(12)] + ["hang.txt"]


def content(name):
    return f"Network file {name} about narwhals and marmots.\n".encode()


def attributes(node):
    folder = node == 1
    size = 0 if folder else len(content(FILES[node - 2]))
    kind = stat.S_IFDIR | 0o755 if folder else stat.S_IFREG | 0o644
    when = 1_700_000_000
    return struct.pack("<QQQQQQIIIIIIIIII", node, size, 1, when, when, when, 0, 0, 0, kind, 1, 0, 0, 0, 4096, 0)


def follow_input():
    global mode
    for line in sys.stdin:
        mode = line.strip()


def reply(fd, unique, body=b"", error=0):
    os.write(fd, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)


def answer(fd, opcode, unique, node, body):
    if opcode == 26:  # INIT
        major, minor, ahead, flags = struct.unpack("<IIII", body[:16])
        reply(fd, unique, struct.pack("<IIIIHHIIHHI28x", 7, 31, ahead, ASYNC_READ, 12, 10, 4096, 1, 1, 0, 0))
    elif opcode in (2, 42):  # FORGET and BATCH_FORGET have no reply
        pass
    elif opcode == 36:  # INTERRUPT: the call of a process that is killed ends, as that of a network file system does
        reply(fd, struct.unpack("<Q", body[:8])[0], error=errno.EINTR)
    elif opcode == 1:  # LOOKUP
        name = body.split(b"\0", 1)[0].decode("utf-8", "replace")
        if mode == "stat":
            return
        if name in FILES and (name != "hang.txt" or mode == "read"):
            found = FILES.index(name) + 2
            reply(fd, unique, struct.pack("<QQQQII", found, 0, 0, 0, 0, 0) + attributes(found))
        else:
            reply(fd, unique, error=errno.ENOENT)
    elif opcode == 3:  # GETATTR
        if mode != "stat":
            reply(fd, unique, struct.pack("<QII", 0, 0, 0) + attributes(node))
    elif opcode in (14, 27):  # OPEN, OPENDIR
        reply(fd, unique, struct.pack("<QII", 0, 0, 0))
    elif opcode == 28:  # READDIR
        if mode == "list":
            return
        if mode == "error":
            reply(fd, unique, error=errno.EIO)
            return
        offset, size = struct.unpack("<QI", body[8:20])
        entries = b""
        names = [name for name in FILES if name != "hang.txt" or mode == "read"]
        for position in range(offset, len(names)):
            name = names[position].encode()
            entry = struct.pack("<QQII", FILES.index(names[position]) + 2, position + 1, len(name), 8) + name
            entry += b"\0" * (-len(entry) % 8)
            if len(entries) + len(entry) > size:
                break
            entries += entry
        reply(fd, unique, entries)
    elif opcode == 15:  # READ
        offset, size = struct.unpack("<QI", body[8:20])
        name = FILES[node - 2]
        if not (mode == "read" and name == "hang.txt"):
            reply(fd, unique, content(name)[offset : offset + size])
    elif opcode in (18, 29, 25, 34):  # RELEASE, RELEASEDIR, FLUSH, ACCESS
        reply(fd, unique)
    elif opcode == 17:  # STATFS
        reply(fd, unique, struct.pack("<QQQQQIIII24x", 1, 1, 1, 20, 1, 4096, 255, 4096, 0))
    else:
        reply(fd, unique, error=errno.ENOSYS)


def main():
    fd = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"fd={fd},rootmode=40755,user_id=0,group_id=0,allow_other"
    if libc.mount(b"network", root.encode(), b"fuse", 0, options.encode()):
        sys.exit("mount: " + os.strerror(ctypes.get_errno()))
    threading.Thread(target=follow_input, daemon=True).start()
    print("mounted", flush=True)
    while True:
        try:
            request = os.read(fd, 1 << 17)
        except OSError as ended:
            if ended.errno in (errno.ENODEV, errno.ENOENT):
                if ended.errno == errno.ENODEV:
                    return
                continue
            raise
        length, opcode, unique, node = struct.unpack("<IIQQ", request[:24])
        try:
            answer(fd, opcode, unique, node, request[40:length])
        except OSError as gone:
            # The caller was killed while it waited.
            if gone.errno not in (errno.ENOENT, errno.EINVAL):
                raise


main()
