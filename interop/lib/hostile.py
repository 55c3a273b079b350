"""Peers that no server wants, and what they cost it.

hostile.py PORT PID COMMAND [ARGUMENTS…]: each command prints what it measured, and fails if that is more than it may be.
"""

import os
import resource
import select
import socket
import struct
import sys
import threading
import time

PORT, PID, COMMAND = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ARGUMENTS = sys.argv[4:]
MIB = 1 << 20
resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))


def connect(data=b""):
    client = socket.create_connection(("127.0.0.1", PORT))
    client.sendall(data)
    return client


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def memory():
    with open(f"/proc/{PID}/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmRSS"))


def descriptors():
    return len(os.listdir(f"/proc/{PID}/fd"))


def cpu_seconds():
    with open(f"/proc/{PID}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def expect(what, measured, most):
    print(f"{what}: {measured:.1f}, at most {most}")
    if measured > most:
        sys.exit(f"{what}: {measured:.1f} is more than {most}")


def tunnel(target):
    client = connect(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        part = client.recv(1)
        if not part:
            sys.exit(f"no tunnel to {target}: {head}")
        head += part
    return client


def sink():
    """A target that accepts and never reads."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    return listener, f"127.0.0.1:{listener.getsockname()[1]}"


def push(client, most, patience=0.5):
    """Sends until nothing more is taken."""
    client.setblocking(False)
    sent = 0
    while sent < most and select.select([], [client], [], patience)[1]:
        try:
            sent += client.send(b"\x00" * min(most - sent, 65536))
        except OSError:
            break
    return sent


def stalled(origin):
    """20 tunnels whose client takes nothing, and 20 whose target takes nothing."""
    before = memory()
    listener, target = sink()
    held = []
    for _ in range(20):
        client = tunnel(origin)
        client.sendall(b"GET /big.bin HTTP/1.0\r\n\r\n")
        held.append(client)
        held.append(tunnel(target))
        push(held[-1], 64 * MIB, 0.05)
    time.sleep(1)
    expect("MiB for 40 stalled tunnels", (memory() - before) / MIB, 64)
    for client in held:
        reset(client)
    listener.close()


def hellos():
    """100 ClientHellos of which each announces 16 MiB, as much of it sent as is taken."""
    before = memory()
    held = []
    for _ in range(100):
        held.append(connect(b"\x16\x03\x01\x40\x00\x01\xff\xff\xff\x03\x03" + b"\x00" * 16378))
    record = b"\x16\x03\x01\x40\x00" + b"\x00" * 16384
    for client in held:
        client.settimeout(0.05)
        try:
            for _ in range(20):
                client.sendall(record)
        except OSError:
            pass
    expect("MiB for 100 ClientHellos of 16 MiB", (memory() - before) / MIB, 64)
    for client in held:
        reset(client)


def latencies(origin, count):
    took = []
    for _ in range(count):
        start = time.monotonic()
        client = connect(f"GET http://{origin}/small.txt HTTP/1.0\r\n\r\n".encode())
        client.settimeout(20)
        if b" 200 " not in client.recv(4096):
            sys.exit("another client is not served")
        client.close()
        took.append((time.monotonic() - start) * 1000)
    took.sort()
    return took[int(count * 0.99) - 1]


def names(origin):
    """Forty clients ask for names that no name server ever answers for."""
    before = latencies(origin, 200)
    held = [
        connect(f"CONNECT n{i}.never.test:80 HTTP/1.1\r\nHost: n{i}.never.test\r\n\r\n".encode()) for i in range(40)
    ]
    # Whatever else the machine does only adds to it.
    during = min(latencies(origin, 200) for _ in range(3))
    expect("ms more at the p99 of others", during - before, 50)
    for client in held:
        reset(client)


def latency(origin):
    print(f"{latencies(origin, 200):.3f}")


KINDS = {
    "silence": b"",
    "slow head": b"GET http://a/ HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "half SOCKS": b"\x05\x01",
    "SOCKS without a target": b"\x05\x01\x00\x05\x01\x00\x03\xff",
    "half TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "garbage": bytes(range(200, 256)) * 20,
    "a reset": None,
}


def kinds(origin):
    """2,000 connections of mixed kinds, and stalled uploads: each is cut in time, and nothing of them stays."""
    files, memory_before, start = descriptors(), memory(), time.monotonic()
    upload = f"POST http://{origin}/echo.sh HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome".encode()
    open_ones = {}
    poll = select.poll()
    for i in range(2000):
        kind, data = list(KINDS.items())[i % len(KINDS)] if i % 20 else ("stalled upload", upload)
        client = connect(b"GET ht" if data is None else data)
        if data is None:
            reset(client)
            continue
        client.setblocking(False)
        open_ones[client.fileno()] = (client, kind)
        poll.register(client, select.POLLIN)
    cut = {}
    while open_ones and time.monotonic() - start < 60:
        for fd, _ in poll.poll(1000):
            client, kind = open_ones[fd]
            try:
                if client.recv(4096):
                    continue
            except OSError:
                pass
            poll.unregister(fd)
            client.close()
            del open_ones[fd]
            cut[kind] = time.monotonic() - start
    if open_ones:
        sys.exit(f"still open after 60 s: {sorted({kind for _, kind in open_ones.values()})}")
    for kind, seconds in sorted(cut.items()):
        expect(f"seconds until the last of {kind} was cut", seconds, 30)
    deadline = time.monotonic() + 5
    while descriptors() > files + 20 and time.monotonic() < deadline:
        time.sleep(0.1)
    expect("descriptors more", descriptors() - files, 20)
    expect("MiB more", (memory() - memory_before) / MIB, 64)


def exhausted():
    """More clients than there are descriptors: a tunnel goes on, nothing spins, and accepting resumes."""
    listener, target = sink()
    near = tunnel(target)
    far, _ = listener.accept()
    asking = [connect(b"\x05\x01\x00") for _ in range(8)]
    for client in asking:
        client.recv(2)
    crowd = []
    for _ in range(400):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", PORT))
        crowd.append(client)
    time.sleep(1)
    cpu, start = cpu_seconds(), time.monotonic()
    received = bytearray()
    data = os.urandom(1 << 20)
    threading.Thread(target=near.sendall, args=(data,), daemon=True).start()
    while len(received) < len(data):
        received += far.recv(65536)
    if bytes(received) != data:
        sys.exit("the tunnel lost bytes")
    time.sleep(3)
    expect("% of a CPU while no descriptor is left", (cpu_seconds() - cpu) / (time.monotonic() - start) * 100, 20)
    for i, client in enumerate(asking):
        client.settimeout(5)
        client.sendall(b"\x05" + bytes([2 + i % 2]) + b"\x00\x01\x7f\x00\x00\x01\x00\x50")
        if len(client.recv(2)) < 2:
            sys.exit("who asks for sockets where none are left is not told so")
    for client in crowd + asking:
        reset(client)
    start = time.monotonic()
    tunnel(target).close()
    expect("seconds until accepting resumed", time.monotonic() - start, 1)


globals()[COMMAND](*ARGUMENTS)
