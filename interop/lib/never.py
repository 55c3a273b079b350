"""never.py PORT: a name server that never answers."""

import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
ready = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    server.recv(512)
