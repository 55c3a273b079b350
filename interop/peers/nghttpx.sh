# nghttpx: speaks HTTP/2 to proxies, in either direction.

nghttpx_proxy() { # NAME PORT BACKEND-PORT: an HTTP/2 proxy over TLS, in front of an HTTP/1.1 proxy
  nghttpx_peer "$1" "$2" "$CERTS/server.key" "$CERTS/server.pem" --http2-proxy \
    --frontend="$HOST,$2" --backend="$HOST,$3"
}

nghttpx_client() { # NAME PORT BACKEND-PORT: an HTTP/1.1 proxy that asks an HTTP/2 proxy over TLS
  nghttpx_peer "$1" "$2" --http2-proxy \
    --frontend="$HOST,$2;no-tls" --backend="$HOST,$3;;proto=h2;tls;sni=localhost" --cacert="$CA"
}

nghttpx_peer() { # NAME PORT ARGUMENTS…
  spawn "$1" nghttpx --conf=/dev/null --workers=1 --accesslog-file="$CASE_DIR/$1.access" \
    --errorlog-file="$CASE_DIR/logs/$1.log" "${@:3}"
  await_port "$1" "$2"
}
