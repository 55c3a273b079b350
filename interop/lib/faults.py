"""Transfers with checksums both ways, over a network that fails.

faults.py serve PORT                 takes what is sent, sends as much, then the checksum of what it took
faults.py transfer PROXY TARGET MIB  fails unless all arrives, both ways, and the tunnel ends as it should
faults.py cut PROXY TARGET SECONDS   begins a transfer; fails unless the tunnel is reset, at the latest then
faults.py refused PROXY TARGET SECONDS  fails unless the tunnel is refused by 504, at the latest then
"""

import hashlib
import random
import socket
import struct
import sys
import threading
import time

COMMAND, ARGUMENTS = sys.argv[1], sys.argv[2:]
MIB = 1 << 20


def exactly(sock, count):
    data = bytearray()
    while len(data) < count:
        part = sock.recv(min(65536, count - len(data)))
        if not part:
            sys.exit(f"ended behind {len(data)} bytes of {count}")
        data += part
    return bytes(data)


def answer(sock):
    (count,) = struct.unpack(">Q", exactly(sock, 8))
    data = random.Random(count).randbytes(count)
    sending = threading.Thread(target=sock.sendall, args=(data,))
    sending.start()
    digest = hashlib.sha256(exactly(sock, count)).digest()
    sending.join()
    sock.sendall(digest)
    sock.shutdown(socket.SHUT_WR)
    sock.recv(1)
    sock.close()


def serve(port):
    with socket.create_server(("0.0.0.0", int(port))) as server:
        while True:
            threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()


def ask(proxy, target):
    client = socket.create_connection(("127.0.0.1", int(proxy)), 60)
    client.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += exactly(client, 1)
    return client, head.split()[1].decode()


def begin(proxy, target, count):
    client, status = ask(proxy, target)
    if status != "200":
        sys.exit(f"status {status}")
    data = random.Random(1).randbytes(count)
    client.sendall(struct.pack(">Q", count))
    threading.Thread(target=push, args=(client, data), daemon=True).start()
    return client, data


was_reset = threading.Event()


def push(client, data):
    try:
        client.sendall(data)
    except ConnectionResetError:
        was_reset.set()  # The system tells it once: who reads meanwhile sees an end.
    except OSError:
        pass  # Whoever reads tells.


def transfer(proxy, target, mib):
    count = int(mib) * MIB
    client, data = begin(proxy, target, count)
    if exactly(client, count) != random.Random(count).randbytes(count):
        sys.exit("what came back is not what was sent")
    if exactly(client, 32) != hashlib.sha256(data).digest():
        sys.exit("what arrived is not what was sent")
    if client.recv(1):
        sys.exit("more came than was sent")
    print("all arrived")


def cut(proxy, target, seconds):
    client, _ = begin(proxy, target, 64 * MIB)
    start = last = time.monotonic()
    try:
        while client.recv(65536):
            last = time.monotonic()
        if not was_reset.wait(1):
            sys.exit("a cut tunnel looks as if it had ended well")
    except ConnectionResetError:
        pass
    took = time.monotonic() - last
    print(f"reset {took:.1f} s after the last byte, {time.monotonic() - start:.1f} s after the first")
    if took > float(seconds):
        sys.exit("too late")


def refused(proxy, target, seconds):
    start = time.monotonic()
    _, status = ask(proxy, target)
    took = time.monotonic() - start
    print(f"{status} after {took:.1f} s")
    if status != "504" or took > float(seconds):
        sys.exit("not as it should be")


globals()[COMMAND](*ARGUMENTS)
