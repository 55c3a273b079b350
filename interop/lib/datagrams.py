"""Datagrams, by programs that know nothing of proxies (socksify gives them one) or that use PySocks.

datagrams.py echo PORT             answers each datagram by itself
datagrams.py ask HOST PORT         sends some and expects each back; with SOCKS=PORT in the environment by PySocks
"""

import os
import socket
import sys

HOST = "127.0.0.1"
COMMAND, ARGUMENTS = sys.argv[1], sys.argv[2:]
SIZES = (0, 1, 1200, 8000)


def echo(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((HOST, int(port)))
        while True:
            data, peer = server.recvfrom(65536)
            server.sendto(data, peer)


def ask(host, port):
    if "SOCKS" in os.environ:
        import socks

        client = socks.socksocket(socket.AF_INET, socket.SOCK_DGRAM)
        client.set_proxy(socks.SOCKS5, HOST, int(os.environ["SOCKS"]))
    else:
        client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(10)
    for size in SIZES:
        data = os.urandom(size)
        client.sendto(data, (host, int(port)))
        answer, _ = client.recvfrom(65536)
        if answer != data:
            sys.exit(f"{len(answer)} bytes came back of {size}")
    print("all came back")


globals()[COMMAND](*ARGUMENTS)
