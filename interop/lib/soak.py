"""Many tunnels: idle ones, and ones that end in every way that there is.

soak.py PORT PID idle COUNT             so many tunnels at once, all alive
soak.py PORT PID aborts SECONDS ORIGIN  random aborts; then descriptors, threads and memory are as they were
"""

import os
import random
import resource
import socket
import struct
import sys
import threading
import time

PORT, PID, COMMAND = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ARGUMENTS = sys.argv[4:]
MIB = 1 << 20
WORKERS = 8
HARD = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (HARD, HARD))


def status(key):
    with open(f"/proc/{PID}/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(key + ":"))


def state():
    return {
        "descriptors": len(os.listdir(f"/proc/{PID}/fd")),
        "threads": status("Threads"),
        "MiB": status("VmRSS") / 1024,
    }


def expect(what, measured, most):
    print(f"{what}: {measured:.1f}, at most {most}")
    if measured > most:
        sys.exit(f"{what}: {measured:.1f} is more than {most}")


def connect(data):
    client = socket.create_connection(("127.0.0.1", PORT), 20)
    client.sendall(data)
    return client


def connect_request(target):
    return f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()


def idle(count):
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    request = connect_request(f"127.0.0.1:{listener.getsockname()[1]}")
    before, clients, targets = state(), [], []
    count = int(count)
    while len(clients) < count:
        batch = [connect(request) for _ in range(min(200, count - len(clients)))]
        targets += [listener.accept()[0] for _ in batch]
        for client in batch:
            while not client.recv(4096).endswith(b"\r\n\r\n"):
                pass
        clients += batch
    print(f"{len(clients)} tunnels took {state()['MiB'] - before['MiB']:.0f} MiB")
    alive = {}
    for client in random.sample(clients, 500):
        word = os.urandom(8)
        client.sendall(word)
        alive[word] = client
    for target in targets:
        target.setblocking(False)
    deadline, seen = time.monotonic() + 20, set()
    while len(seen) < len(alive) and time.monotonic() < deadline:
        for target in targets:
            try:
                seen.add(target.recv(8))
            except BlockingIOError:
                pass
    if seen != set(alive):
        sys.exit(f"of 500 tunnels that were tried {len(seen)} are alive")
    os._exit(0)  # all at once


def end(sock):
    """In one of the ways in which connections end."""
    way = random.randrange(4)
    if way == 0:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif way == 1:
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(65536):
            pass
    elif way == 2:
        sock.shutdown(socket.SHUT_WR)


def talk(sock):
    for _ in range(random.randrange(4)):
        if random.random() < 0.5:
            sock.sendall(b"x" * random.choice((1, 1000, 200_000)))
        else:
            sock.settimeout(0.01)
            try:
                sock.recv(random.choice((1, 65536)))
            except TimeoutError:
                pass
        sock.settimeout(0.3)


def guarded(action, *arguments):
    try:
        action(*arguments)
    except OSError:
        pass


def play(sock):
    with sock:
        guarded(talk, sock)
        guarded(end, sock)


def aborts(seconds, origin):
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    port = listener.getsockname()[1]
    target = f"127.0.0.1:{port}"
    socks = b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01" + struct.pack(">H", port)
    get = f"GET http://{origin}/medium.bin HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    post = f"POST http://{target}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n".encode()
    beginnings = (connect_request(target), socks, get, post, get[:20], socks[:6])
    counts = [0] * WORKERS

    def serve():
        while True:
            threading.Thread(target=play, args=(listener.accept()[0],), daemon=True).start()

    def work(i, until):
        while time.monotonic() < until:
            guarded(lambda: play(connect(random.choice(beginnings))))
            counts[i] += 1

    def run(duration):
        until = time.monotonic() + duration
        workers = [threading.Thread(target=work, args=(i, until)) for i in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    threading.Thread(target=serve, daemon=True).start()
    run(3)
    before = state()
    run(float(seconds))
    deadline = time.monotonic() + 30
    while state()["descriptors"] > before["descriptors"] + 20 and time.monotonic() < deadline:
        time.sleep(0.2)
    after = state()
    print(f"{sum(counts)} connections")
    expect("descriptors more", after["descriptors"] - before["descriptors"], 20)
    expect("threads more", after["threads"] - before["threads"], 2)
    expect("MiB more", after["MiB"] - before["MiB"], 64)


globals()[COMMAND](*ARGUMENTS)
