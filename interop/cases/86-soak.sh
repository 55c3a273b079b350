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
check '10,000 idle tunnels are alive in a heap of 512 MiB' soak idle 10000
if grep -q OutOfMemoryError "$CASE_DIR/logs/hopline.log"; then die 'the heap was too small'; fi
