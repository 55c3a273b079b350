#!/usr/bin/env bash
# Connections that are aborted at random, for three minutes or SOAK_SECONDS: they leave nothing behind. Other cases run meanwhile, and
# must not notice: this one gets what time the processors would have to spare.

source "$(dirname "$0")/../lib/case.sh"

# A heap that is all there from the start: what memory is taken later is no garbage.
export HOPLINE_OPTS='-XX:NativeMemoryTracking=summary -Xms128m -Xmx128m -XX:+AlwaysPreTouch'
inbound front mixed direct
serve
chrt --all-tasks --idle --pid 0 "${PIDS[hopline]}"
check "connections that are aborted at random for ${SOAK_SECONDS:-180} seconds leave nothing behind" \
  python3 "$INTEROP/lib/soak.py" "${PORT[front]}" "${PIDS[hopline]}" "${SOAK_SECONDS:-180}" "${JAVA_HOME:+$JAVA_HOME/bin/}jcmd"
