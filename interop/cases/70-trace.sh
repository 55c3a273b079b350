#!/usr/bin/env bash
# `hopline trace` through three programs: each hop, each step, its time; and where it breaks.

source "$(dirname "$0")/../lib/case.sh"

squid=$(free_port) stunnel=$(free_port) tinyproxy=$(free_port) dante=$(free_port)
squid_peer squid "$squid"
stunnel_peer stunnel "$stunnel" "$squid"
tinyproxy_peer tinyproxy "$tinyproxy" auth
dante_peer dante "$dante" auth
outbound lab "[
      { type = connect, server = \"$HOST:$stunnel\", $TRUSTS_CA }
      { type = connect, server = \"$HOST:$tinyproxy\", $LOGS_IN }
      { type = socks5, server = \"$HOST:$dante\", $LOGS_IN }
    ]"
outbound doubtful "[ { type = connect, server = \"$HOST:$stunnel\", tls {} } ]"
write_config

trace() { "$HOPLINE" trace --config "$CASE_DIR/hopline.conf" --outbound "$1" "$HOST:$2"; }
lab() { trace lab "$HTTP_PORT"; }
url() { "$HOPLINE" trace --chain "$1" "$HOST:$HTTP_PORT"; }

mentions() { # COMMAND… -- TEXT…: one run of it prints all the texts, in that order
  local command=() out text
  while [[ $1 != -- ]]; do command+=("$1") && shift; done
  shift
  out=$("${command[@]}" 2>&1) || { printf '%s\nexit status %d\n' "$out" $? && return 1; }
  printf '%s\n' "$out"
  for text in "$@"; do
    [[ $out == *"$text"* ]] || { printf 'no "%s" (in this order)\n' "$text" && return 1; }
    out=${out#*"$text"}
  done
}

check 'the three hops, in order, with what they did' mentions lab -- \
  "hop 1 (connect $HOST:$stunnel)" TLSv1.3 CN=server "hop 2 (connect $HOST:$tinyproxy)" "hop 3 (socks5 $HOST:$dante)"

timed() { (($(lab | grep -c -E '[0-9] ?ms') >= 5)); }
check 'each step has its time' timed

check 'a chain of URLs' mentions \
  url "connect://$HOST:$squid, connect://$USER_NAME:$USER_PASSWORD@$HOST:$tinyproxy" -- \
  "hop 1 (connect $HOST:$squid)" "hop 2 (connect $HOST:$tinyproxy)"
check 'no password is printed' prints_not "$USER_PASSWORD" lab

check 'a certificate that nobody vouches for is told, with the hop' exits 1 "hop 1 (connect $HOST:$stunnel), TLS" \
  trace doubtful "$HTTP_PORT"
check 'a wrong password is told, with the hop' exits 1 "hop 1 (socks5 $HOST:$dante), handshake" \
  url "socks5://$USER_NAME:wrong@$HOST:$dante"
check 'a refused target is told' exits 1 target trace lab "$(free_port)"

stop tinyproxy
check 'a hop that is gone is told' exits 1 "hop 2 (connect $HOST:$tinyproxy)" lab
