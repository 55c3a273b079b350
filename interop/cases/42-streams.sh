#!/usr/bin/env bash
# Streams all the way: an HTTPS front that serves Chromium over HTTP/2 and node-spdy over SPDY/3.1, and behind it an HTTP/2 hop, a SPDY
# hop in its stream, and a SOCKS exit in the stream of that; each hop is another program.

source "$(dirname "$0")/../lib/case.sh"

squid=$(free_port) nghttpx=$(free_port) node=$(free_port) microsocks=$(free_port) sockets=$(free_port)
squid_peer squid "$squid"
nghttpx_proxy nghttpx "$nghttpx" "$squid"
node_spdy_peer node "$node" tls
microsocks_peer microsocks "$microsocks" auth
spawn websocket node "$INTEROP/peers/websocket-echo.js" "$HOST" "$sockets"
await_port websocket "$sockets"
printf 'document.body.append(document.currentScript.src + " came; ")\n' >"$RUN_DIR/www/came.js"

outbound chain "[
      { type = http2, server = \"$HOST:$nghttpx\", $TRUSTS_CA }
      { type = spdy, server = \"$HOST:$node\", $TRUSTS_CA }
      { type = socks5, server = \"$HOST:$microsocks\", $LOGS_IN }
    ]"
inbound front http chain \
  "tls { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\", alpn = [h2, \"spdy/3.1\", http/1.1] }"
serve "$PRIVATE"

front=$HOST:${PORT[front]}
check '1 GiB through the chain' sums_to "$BIG_SUM" secure_page /big.bin --proxy "https://$front"
works 'through the chain' --proxy "https://$front"
check 'a WebSocket through the chain' prints '200 hello' \
  node "$INTEROP/peers/http2-client.js" websocket "https://$front" "$CA" "http://$HOST:$sockets/" hello

browse() { # loads a page that has an http and an https script, and a WebSocket
  chromium_dom "${PORT[front]}" "http://$HOST:$sockets/?script=$HTTP_ORIGIN/came.js&script=$HTTPS_ORIGIN/came.js" >"$CASE_DIR/page"
}
check 'Chromium: the page' browse
check 'Chromium: an http script' grep -F "$HTTP_ORIGIN/came.js came" "$CASE_DIR/page"
check 'Chromium: an https script' grep -F "$HTTPS_ORIGIN/came.js came" "$CASE_DIR/page"
check 'Chromium: the WebSocket' grep -F 'echo: over HTTP/2' "$CASE_DIR/page"
check 'node-spdy: http' prints "$SMALL_TEXT" spdy_get "$front" GET "$HTTP_ORIGIN/small.txt" --ca "$CA"
check 'node-spdy: https' prints "$SMALL_TEXT" spdy_get "$front" GET "$HTTPS_ORIGIN/small.txt" --ca "$CA"

logged() { # PROTOCOL PORT: the access log says that what was asked of the port there was asked in the protocol, and answered
  within 10 grep -E "protocol=$1 target=$HOST:$2 chain=chain .* down=[1-9]" "$CASE_DIR/logs/hopline.log"
}
for protocol in h2 spdy/3.1; do
  check "the log proves $protocol, http" logged "$protocol" "$HTTP_PORT"
  check "the log proves $protocol, https" logged "$protocol" "$HTTPS_PORT"
done
check 'the log proves h2, WebSocket' logged h2 "$sockets"
