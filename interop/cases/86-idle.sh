#!/usr/bin/env bash
# Ten thousand idle tunnels at once in a small heap. All but 400 are sockets on both sides of the proxy; those are streams of HTTP/2, which
# take one descriptor each, so that a limit of 20,000 is enough.

source "$(dirname "$0")/../lib/case.sh"

export HOPLINE_OPTS='-Xmx512m'
inbound front mixed direct
serve prlimit --nofile="$(ulimit -Hn)"

check '10,000 idle tunnels are alive in a heap of 512 MiB' \
  timeout 120 python3 "$INTEROP/lib/idle.py" "${PORT[front]}" "${PIDS[hopline]}" 9600 400 \
  node "$INTEROP/peers/http2-client.js" hold "http://$HOST:${PORT[front]}" "$CA"
check 'and memory sufficed' prints_not OutOfMemoryError cat "$CASE_DIR/logs/hopline.log"
