"""Idle tunnels, all open at once, and all alive.

idle.py PORT PID SOCKETS STREAMS COMMAND…: so many by HTTP/1.1, and so many more by the command, which is handed a target and their
number, opens them, says so in a line, and then echoes.
"""

import os
import resource
import socket
import subprocess
import sys

PORT, PID, SOCKETS, STREAMS = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
COMMAND = sys.argv[5:]
NEEDED = 2 * SOCKETS + STREAMS + 100
HARD = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
if HARD < NEEDED:
    sys.exit(f"this takes {NEEDED} descriptors, but no process may have more than {HARD} here")
resource.setrlimit(resource.RLIMIT_NOFILE, (HARD, HARD))
socket.setdefaulttimeout(20)


def resident():
    with open(f"/proc/{PID}/status") as lines:
        return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmRSS:"))


def descriptors():
    return len(os.listdir(f"/proc/{PID}/fd"))


def accept(listener, count):
    return [listener.accept()[0] for _ in range(count)]


before = resident(), descriptors()
listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
target = f"127.0.0.1:{listener.getsockname()[1]}"
request = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()
clients, targets = [], []
while len(clients) < SOCKETS:
    batch = []
    for _ in range(min(200, SOCKETS - len(clients))):
        batch.append(socket.create_connection(("127.0.0.1", PORT)))
        batch[-1].sendall(request)
    targets += accept(listener, len(batch))
    for client in batch:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += client.recv(4096) or sys.exit(f"no tunnel: {head}")
        if b" 200 " not in head:
            sys.exit(f"no tunnel: {head}")
    clients += batch

streams = subprocess.Popen([*COMMAND, target, str(STREAMS)], stdout=subprocess.PIPE)
targets += accept(listener, STREAMS)
print(streams.stdout.readline().decode().strip())

took = descriptors() - before[1]
print(f"{len(targets)} tunnels took {resident() - before[0]} MiB and {took} descriptors")
if took < 2 * SOCKETS + STREAMS:
    sys.exit(f"they are not all open: {took} descriptors")

words = [os.urandom(8) for _ in targets]
for end, word in zip(targets, words):
    end.sendall(word)
for client in clients:
    client.sendall(client.recv(8, socket.MSG_WAITALL))
alive = sum(end.recv(8, socket.MSG_WAITALL) == word for end, word in zip(targets, words))
print(f"{alive} of them echo")
streams.kill()
if alive < SOCKETS + STREAMS:
    sys.exit("some do not")
os._exit(0)  # all at once
