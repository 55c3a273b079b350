#!/usr/bin/env bash
# Hostile peers: what they cost in memory, descriptors and other clients' time, and that each is cut in time.

source "$(dirname "$0")/../lib/case.sh"

dns=$(free_port)
spawn never python3 "$INTEROP/lib/never.py" "$dns"
await_port never "$dns"
outbound unanswered "[ { type = direct, name-servers = \"$HOST:$dns\" } ]"
inbound front mixed unanswered 'udp = true, bind = true'
inbound tls mixed direct "$TAKES_TLS"
serve

origin=${HTTP_ORIGIN#http://}
hostile() { # INBOUND COMMAND ARGUMENTS…
  timeout 90 python3 "$INTEROP/lib/hostile.py" "${PORT[$1]}" "${PIDS[hopline]}" "${@:2}"
}
hostile front latency "$origin" >/dev/null # warms it up

check 'forty names that never resolve delay nobody else' hostile front names "$origin"
check '40 stalled tunnels cost little memory' hostile front stalled "$origin"
check '100 ClientHellos of 16 MiB cost little memory' hostile tls hellos
# testssl takes its time, and so do clients that wait to be cut.
spawn testssl testssl --quiet --color 0 --warnings batch --fast --protocols --std --server-preference --vulnerable \
  --csvfile "$CASE_DIR/tls.csv" "$HOST:${PORT[tls]}"
check '2,000 hostile connections are cut in time and leave nothing behind' hostile front kinds "$origin"

weaknesses() { # testssl has run to its end and found nothing above low
  within 120 ended || { echo 'testssl still runs' && return 1; }
  grep ' Done ' "$CASE_DIR/logs/testssl.log" && ! grep -E '"(MEDIUM|HIGH|CRITICAL|FATAL)"' "$CASE_DIR/tls.csv"
}
ended() { ! running testssl; }
check 'testssl finds nothing above low' weaknesses

slow() { # slow heads, bodies and readers at once: the p99 of others is as it was
  local before during mode
  before=$(hostile front latency "$origin")
  for mode in -H -B -X; do
    spawn "slow$mode" slowhttptest "$mode" -c 100 -r 100 -i 2 -l 12 -p 5 -w 1 -y 2 -z 1 -x 10 \
      -u "http://$HOST:${PORT[front]}/" -e "$HOST:${PORT[front]}"
  done
  sleep 2
  during=$(hostile front latency "$origin")
  printf 'p99 %s ms before, %s ms during\n' "$before" "$during"
  awk "BEGIN { exit !($during - $before < 50) }"
}
check 'slowhttptest delays nobody else' slow

stop hopline
serve prlimit --nofile=256
check 'out of descriptors it loses nothing, does not spin, and recovers' hostile front exhausted
