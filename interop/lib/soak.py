"""Connections that end in every way that there is; then all that the proxy holds is as it was.

soak.py PORT PID SECONDS JCMD: PID runs with -XX:NativeMemoryTracking=summary, and JCMD is that JVM's.
"""

import collections
import os
import random
import re
import resource
import socket
import struct
import subprocess
import sys
import threading
import time

PORT, PID, SECONDS, JCMD = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]
WORKERS = 8
WARM_UP = 20  # seconds, until code is compiled and pools hold what they will
CHUNK = b"x" * 200_000
HARD = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (HARD, HARD))

seen = collections.Counter()  # how many connections got how far


def jcmd(*command):
    return subprocess.run([JCMD, PID, *command], check=True, capture_output=True, text=True).stdout


def kib(text, pattern):
    return int(re.search(pattern, text).group(1))


def descriptors(of_pipes):
    """How many descriptors are open that are of pipes, or that are not."""
    count = 0
    for descriptor in os.listdir(f"/proc/{PID}/fd"):
        try:
            count += os.readlink(f"/proc/{PID}/fd/{descriptor}").startswith("pipe:") == of_pipes
        except FileNotFoundError:
            pass
    return count


def state():
    """What the proxy holds, without its garbage."""
    jcmd("GC.run")
    with open(f"/proc/{PID}/status") as lines:
        status = lines.read()
    return {
        "descriptors": descriptors(of_pipes=False),
        "descriptors of pipes": descriptors(of_pipes=True),
        "threads": kib(status, r"Threads:\s+(\d+)"),
        "MiB of direct memory": kib(jcmd("VM.native_memory", "summary"), r"Other \(reserved=(\d+)KB") / 1024,
        "MiB of live objects": kib(jcmd("GC.heap_info"), r"used (\d+)K") / 1024,
        "MiB in all": kib(status, r"VmRSS:\s+(\d+)") / 1024,
    }


# How much more of each there may be: the pools of buffers and of threads keep what they have once needed, and each loop keeps a pipe,
# unless the last one that it had went together with bytes that nobody would take.
MOST = {
    "descriptors": 0,
    "descriptors of pipes": 2 * os.cpu_count(),
    "threads": 2,
    "MiB of direct memory": 8,
    "MiB of live objects": 4,
    "MiB in all": 32,
}


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
            sock.sendall(CHUNK[: random.choice((1, 1000, 200_000))])
        else:
            sock.settimeout(0.01)
            try:
                sock.recv(random.choice((1, 65536)))
            except TimeoutError:
                pass
        sock.settimeout(0.3)


def answer(sock):
    """A response to what has come so far, of which not everything may be sent."""
    sock.recv(65536)
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000000\r\n\r\n")
    for _ in range(random.randrange(21)):
        sock.sendall(CHUNK)


def yield_to_others():
    """What this thread and those that it starts do can wait."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def guarded(action, *arguments):
    try:
        action(*arguments)
    except OSError:
        pass


def play(sock, *acts):
    with sock:
        sock.settimeout(0.3)
        for act in (*acts, end):
            guarded(act, sock)


def serve(what, act):
    """Plays so with all that connects; returns where that is."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)

    def accept():
        yield_to_others()
        while True:
            sock = listener.accept()[0]
            seen[what] += 1
            threading.Thread(target=play, args=(sock, act), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def beginnings():
    port, origin = serve("tunnels", talk), serve("requests", answer)
    connect = f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    socks = b"\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01" + struct.pack(">H", port)
    get = f"GET http://127.0.0.1:{origin}/ HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    post = f"POST http://127.0.0.1:{origin}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n".encode()
    return connect, socks, get, post, get[:20], socks[:6]


def run(seconds, beginnings):
    until = time.monotonic() + seconds

    def begin():
        client = socket.create_connection(("127.0.0.1", PORT), 20)
        seen["connections"] += 1
        play(client, lambda sock: sock.sendall(random.choice(beginnings)), talk)

    def work():
        yield_to_others()
        while time.monotonic() < until:
            guarded(begin)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def settled(most_descriptors):
    deadline = time.monotonic() + 30
    while descriptors(of_pipes=False) > most_descriptors and time.monotonic() < deadline:
        time.sleep(0.2)
    return state()


ways = beginnings()
idle = state()["descriptors"]  # With the socket by which the JVM is asked.
run(WARM_UP, ways)
before = settled(idle)
seen.clear()
run(SECONDS, ways)
after = settled(before["descriptors"])
print(dict(seen))
failed = False
for what, most in MOST.items():
    more = after[what] - before[what]
    print(f"{what}: {before[what]:.1f}, then {after[what]:.1f}")
    if more > most:
        failed = True
        print(f"  {more:.1f} more, and at most {most} were to be")
for what, share in {"connections": 20, "tunnels": 5, "requests": 5}.items():
    if seen[what] < share * SECONDS:
        failed = True
        print(f"  too few {what}: less than {share} in each second")
os._exit(failed)
