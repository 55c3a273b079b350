#!/usr/bin/env bash
# Three hops by three programs: squid over stunnel's TLS, then tinyproxy, then dante with a password.
# The chain is whole, keeps a GiB intact, and says which hop is at fault when one is gone.

source "$(dirname "$0")/../lib/case.sh"

squid=$(free_port) stunnel=$(free_port) tinyproxy=$(free_port) dante=$(free_port)
squid_peer squid "$squid"
stunnel_peer stunnel "$stunnel" "$squid"
tinyproxy_peer tinyproxy "$tinyproxy" auth
dante_peer dante "$dante" auth

outbound chain "[
      { type = connect, server = \"$HOST:$stunnel\", $TRUSTS_CA }
      { type = connect, server = \"$HOST:$tinyproxy\", $LOGS_IN }
      { type = socks5, server = \"$HOST:$dante\", $LOGS_IN }
    ]"
inbound front mixed chain "$TAKES_TLS"
inbound plain mixed chain
serve

front=(--proxy "https://$HOST:${PORT[front]}")
works 'three hops, https proxy' "${front[@]}"
resolves 'three hops, https proxy' "${front[@]}"
works 'three hops, socks5h' --proxy "socks5h://$HOST:${PORT[plain]}"
works 'three hops, socks4a' --proxy "socks4a://$HOST:${PORT[plain]}"
check '1 GiB over http' sums_to "$BIG_SUM" page /big.bin "${front[@]}"
check '1 GiB over https' sums_to "$BIG_SUM" secure_page /big.bin "${front[@]}"

names() { # HOP: http and https through the chain fail with 502, and the answer and the log name the hop
  prints '502 ' get -o /dev/null -w '%{http_code} ' "${front[@]}" "$HTTP_ORIGIN/small.txt" &&
    prints "$1" get "${front[@]}" "$HTTP_ORIGIN/small.txt" &&
    exits 56 '502' get "${front[@]}" "$HTTPS_ORIGIN/small.txt" &&
    exits 97 '' get --proxy "socks5h://$HOST:${PORT[plain]}" "$HTTPS_ORIGIN/small.txt" &&
    prints "$1" tail -n 5 "$CASE_DIR/logs/hopline.log"
}

stop dante
check 'dante is gone: hop 3 is named' names "hop 3 (socks5 $HOST:$dante)"
dante_peer dante "$dante" auth
works 'dante is back' "${front[@]}"

stop tinyproxy
check 'tinyproxy is gone: hop 2 is named' names "hop 2 (connect $HOST:$tinyproxy)"
tinyproxy_peer tinyproxy "$tinyproxy" auth
works 'tinyproxy is back' "${front[@]}"

stop stunnel
check 'stunnel is gone: hop 1 is named' names "hop 1 (connect $HOST:$stunnel)"
stunnel_peer stunnel "$stunnel" "$squid"
works 'stunnel is back' "${front[@]}"

check 'a refused target is told, and no hop is blamed for it' \
  prints 'target' get "${front[@]}" "http://$HOST:$(free_port)/"
