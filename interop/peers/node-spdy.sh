# SPDY by npm's spdy-transport, as a client and as a proxy.

spdy_get() { # PROXY METHOD URL [OPTIONS…]: see the script
  timeout 120 node "$INTEROP/peers/node/spdy-client.js" "$@"
}

node_spdy_peer() { # NAME PORT [tls]
  local tls=()
  [[ ${3:-} == tls ]] && tls=("$CERTS/server.pem" "$CERTS/server.key")
  spawn "$1" "$PRIVATE" node "$INTEROP/peers/node/spdy-proxy.js" "$HOST" "$2" "${tls[@]}"
  await_port "$1" "$2"
}
