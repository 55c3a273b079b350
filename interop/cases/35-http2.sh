#!/usr/bin/env bash
# HTTP/2 in both directions: nghttpx, h2load, node and Chromium as clients of our front, nghttpx as a hop, and us on both ends.

source "$(dirname "$0")/../lib/case.sh"

squid=$(free_port) nghttpx=$(free_port) client=$(free_port) sockets=$(free_port)
squid_peer squid "$squid"
nghttpx_proxy nghttpx "$nghttpx" "$squid"
spawn websocket node "$INTEROP/peers/websocket-echo.js" "$HOST" "$sockets"
await_port websocket "$sockets"

tls="certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\""
inbound front http direct "tls { $tls, alpn = [h2, http/1.1], h2 { max-streams = 500 } }"
inbound only http2 direct "tls { $tls }" # whoever gets through has spoken HTTP/2
inbound login http direct "$ASKS_LOGIN, tls { $tls, alpn = [h2] }"
inbound clear mixed direct
inbound plain http direct
outbound hop "[ { type = http2, server = \"$HOST:$nghttpx\", $TRUSTS_CA } ]"
outbound own "[ { type = http2, server = \"$HOST:${PORT[only]}\", $TRUSTS_CA } ]"
outbound owncheap "[ { type = http2, server = \"$HOST:${PORT[clear]}\" } ]"
outbound owner "[ { type = http2, server = \"$HOST:${PORT[login]}\", $TRUSTS_CA, $LOGS_IN } ]"
outbound nested "[ { type = http2, server = \"$HOST:${PORT[only]}\", $TRUSTS_CA }, { type = http2, server = \"$HOST:${PORT[clear]}\" } ]"
inbound hop mixed hop
inbound own mixed own
inbound owncheap mixed owncheap
inbound owner mixed owner
inbound nested mixed nested
serve
nghttpx_client client "$client" "${PORT[only]}"

through() { printf 'http://%s:%d' "$HOST" "${PORT[$1]}"; } # INBOUND
works 'through nghttpx' --proxy "$(through hop)"
for kind in own owncheap owner nested; do
  works "through ourselves, $kind" --proxy "$(through $kind)"
done
speaks_http 'through ourselves' --proxy "$(through own)"
works 'nghttpx as the client' --proxy "http://$HOST:$client"

node_client() { node "$INTEROP/peers/http2-client.js" "$1" "https://$HOST:${PORT[front]}" "$CA" "${@:2}"; }
check 'node: a forward request' prints "200 $SMALL_TEXT" node_client page "$HTTP_ORIGIN/small.txt"
check 'node: 404 passes' prints '404 ' node_client page "$HTTP_ORIGIN/absent"
check 'node: an upload larger than the windows' prints '200 20000000' node_client echo "$HTTP_ORIGIN/echo.sh" 20000000
check 'node: three hundred tunnels at once' prints '300 answered' node_client tunnels "$HOST:$HTTP_PORT" 300
check 'node: a WebSocket by extended CONNECT' prints '200 hello' node_client websocket "http://$HOST:$sockets/" hello

load() { # INBOUND: h2load, which knows beforehand that HTTP/2 is spoken there
  h2load --no-tls-proto=h2c -n 2000 -c 4 -m 50 --connect-to="$HOST:${PORT[$1]}" "$HTTP_ORIGIN/small.txt"
}
check 'h2load: 2000 requests on 4 connections' prints '2000 succeeded, 0 failed' load clear
check 'h2load: the same where HTTP/1.1 is expected' prints '2000 succeeded, 0 failed' load plain
check 'HTTP/1.1 beside it' prints "$SMALL_TEXT" page /small.txt --proxy "$(through plain)"

check 'Chromium: an http page over HTTP/2' prints "$SMALL_TEXT" chromium_dom "${PORT[only]}" "$HTTP_ORIGIN/small.txt"
check 'Chromium: an https page over HTTP/2' prints "$SMALL_TEXT" chromium_dom "${PORT[only]}" "$HTTPS_ORIGIN/small.txt"
check 'Chromium: a WebSocket over HTTP/2' prints 'echo: over HTTP/2' \
  chromium_dom "${PORT[only]}" "http://$HOST:$sockets/"
