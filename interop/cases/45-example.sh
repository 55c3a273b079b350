#!/usr/bin/env bash
# The README's example, as it stands: its chain carries http, https and a GiB, and trace shows the three hops with their times.

source "$(dirname "$0")/../lib/case.sh"

example=$INTEROP/../examples/https-connect-socks.conf
spawn hopline "$HOPLINE" run "$example"
for port in 8443 8444 8445 8446; do await_port hopline "$port" 60; done

front=(--proxy-insecure --proxy https://127.0.0.1:8443)
works 'the example' "${front[@]}"
speaks_http 'the example' "${front[@]}"
check 'the example: 1 GiB over http' sums_to "$BIG_SUM" page /big.bin "${front[@]}"
check 'the example: 1 GiB over https' sums_to "$BIG_SUM" secure_page /big.bin "${front[@]}"

traced() { # the three hops, each with the time of its handshake
  local out
  out=$("$HOPLINE" trace --config "$example" --outbound lab "$HOST:$HTTP_PORT" 2>/dev/null) || return 1
  printf '%s\n' "$out"
  [[ $(grep -c '^hop [123] ' <<<"$out") == 3 ]] && [[ $(grep -c -E 'handshake +[0-9.]+ ms' <<<"$out") == 3 ]]
}
check 'the example: trace shows three hops with their times' traced
