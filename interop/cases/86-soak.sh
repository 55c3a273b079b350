#!/usr/bin/env bash
# Many tunnels: 10,000 idle ones in a small heap, and connections that end in every way. SOAK_SECONDS=300 interop/run soak takes longer.

source "$(dirname "$0")/../lib/case.sh"

inbound front mixed direct
serve
soak() {
  timeout $((${SOAK_SECONDS:-8} + 60)) python3 "$INTEROP/lib/soak.py" "${PORT[front]}" "${PIDS[hopline]}" "$@"
}
check 'connections that are aborted at random leave nothing behind' soak aborts "${SOAK_SECONDS:-8}" "${HTTP_ORIGIN#http://}"
stop hopline

export HOPLINE_OPTS='-Xmx512m'
serve prlimit --nofile="$(ulimit -Hn)"
# A tunnel takes two descriptors, in the proxy and in the client that plays both its ends.
most=$((($(ulimit -Hn) - 200) / 2))
idle=$((most < 10000 ? most : 10000))
check "$idle idle tunnels are alive in a heap of 512 MiB" soak idle "$idle"
if grep -q OutOfMemoryError "$CASE_DIR/logs/hopline.log"; then die 'the heap was too small'; fi
