#!/usr/bin/env bash
# node's spdy-transport on either side of us: its client on our inbounds, and its proxy as a hop.

source "$(dirname "$0")/../lib/case.sh"

node=$(free_port) node_tls=$(free_port)
node_spdy_peer node "$node"
node_spdy_peer node-tls "$node_tls" tls

inbound plain spdy direct
inbound alpn http direct "tls { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\", alpn = [\"spdy/3.1\", \"http/1.1\"] }"
inbound users spdy direct "$ASKS_LOGIN"
inbound any mixed direct
outbound node "[ { type = spdy, server = \"$HOST:$node\" } ]"
outbound node-tls "[ { type = spdy, server = \"$HOST:$node_tls\", $TRUSTS_CA } ]"
inbound node mixed node
inbound node-tls mixed node-tls
serve "$PRIVATE"

asks() { # NAME PROXY [OPTIONS…]: what the client gets through one of our inbounds
  local name=$1 proxy=$2
  shift 2
  check "$name: http" prints "$SMALL_TEXT" spdy_get "$proxy" GET "$HTTP_ORIGIN/small.txt" "$@"
  check "$name: http by a tunnel" prints "$SMALL_TEXT" spdy_get "$proxy" GET "$HTTP_ORIGIN/small.txt" --tunnel "$@"
  check "$name: 16 MiB down" sums_to "$MEDIUM_SUM" spdy_get "$proxy" GET "$HTTP_ORIGIN/medium.bin" "$@"
  check "$name: 16 MiB up and down" sums_to "$MEDIUM_SUM" spdy_get "$proxy" POST "$HTTP_ORIGIN/echo.sh" --body "$MEDIUM" "$@"
  check "$name: 90 requests at once" prints '90 answers, 1 kind' \
    spdy_get "$proxy" GET "$HTTP_ORIGIN/small.txt" --times 90 "$@"
}

asks 'node-spdy without TLS' "$HOST:${PORT[plain]}"
asks 'node-spdy told apart by its first bytes' "$HOST:${PORT[any]}"
asks 'node-spdy by ALPN' "$HOST:${PORT[alpn]}" --ca "$CA"
check 'node-spdy by ALPN: https' prints "$SMALL_TEXT" \
  spdy_get "$HOST:${PORT[alpn]}" GET "$HTTPS_ORIGIN/small.txt" --ca "$CA"
works 'http/1.1 beside it' --proxy "https://$HOST:${PORT[alpn]}"
check 'node-spdy with a password' prints "$SMALL_TEXT" \
  spdy_get "$HOST:${PORT[users]}" GET "$HTTP_ORIGIN/small.txt" --user "$USER_NAME:$USER_PASSWORD"
check 'node-spdy with no password is answered 407' exits 1 'status 407' \
  spdy_get "$HOST:${PORT[users]}" GET "$HTTP_ORIGIN/small.txt"
check 'node-spdy with no password gets no tunnel' exits 1 'status 407' \
  spdy_get "$HOST:${PORT[users]}" GET "$HTTP_ORIGIN/small.txt" --tunnel

for name in node node-tls; do
  works "$name as a hop" --proxy "http://$HOST:${PORT[$name]}"
  speaks_http "$name as a hop" --proxy "http://$HOST:${PORT[$name]}"
done
