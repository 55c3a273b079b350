#!/usr/bin/env bash
# The process: with no file, at SIGTERM and SIGINT with and without tunnels, from the distribution with a bare java.

source "$(dirname "$0")/../lib/case.sh"

ended() { # SIGNAL SECONDS: Hopline gets the signal, ends in time and leaves no port open
  signal hopline "$1"
  within "$2" gone || { echo 'still runs' && return 1; }
  ! accepts "$at" || { echo 'still listens' && return 1; }
}

gone() { ! running hopline; }

at=1080
spawn hopline "$HOPLINE" run
await_port hopline "$at" 60
works 'no file' --proxy "socks5h://$HOST:$at"
check 'SIGTERM ends an idle one at once' ended TERM 5

inbound front mixed direct
serve
at=${PORT[front]}
check 'SIGINT does too' ended INT 5

serve
slow() { secure_page /medium.bin --limit-rate 8M --proxy "http://$HOST:$at"; }
slow >"$CASE_DIR/slow" 2>"$CASE_DIR/logs/slow.log" &
download=$!
within 20 test -s "$CASE_DIR/slow" || die 'the download does not start'
check 'SIGTERM ends one that has a tunnel' ended TERM 30
finished() { wait "$download" && sums_to "$MEDIUM_SUM" cat "$CASE_DIR/slow"; }
check 'and the tunnel got its grace' finished

rm -f "$CASE_DIR/logs/hopline.log" # what it says from here on is of this one
serve
get --output /dev/null --limit-rate 1k --proxy "http://$HOST:$at" "$HTTPS_ORIGIN/medium.bin" 2>/dev/null &
connected() { [[ -n $(ss --no-header --tcp --numeric state established "sport = :$at") ]]; }
within 20 connected || die 'curl does not connect'
signal hopline TERM
# The kernel makes one of two signals that are both still to be delivered.
within 20 grep -q '^stopping' "$CASE_DIR/logs/hopline.log" || die 'the first signal does nothing'
check 'a second signal ends it at once' ended TERM 3
check 'and the log says who cut its tunnel' grep -q '"cut off, because the proxy was stopped"' "$CASE_DIR/logs/hopline.log"
