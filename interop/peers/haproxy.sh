# haproxy: relays TCP and tells the PROXY protocol, or is told it.

haproxy_sends() { # NAME PORT TARGET-PORT send-proxy|send-proxy-v2|…: relays and tells who the client is
  haproxy_peer "$1" "$2" "listen relay
  mode tcp
  bind $HOST:$2
  server target $HOST:$3 $4"
}

haproxy_takes() { # NAME PORT: an HTTP server that takes the PROXY protocol and answers with the client's address
  haproxy_peer "$1" "$2" "frontend told
  mode http
  bind $HOST:$2 accept-proxy
  http-request return status 200 content-type text/plain lf-string \"client=%[src]\""
}

haproxy_peer() { # NAME PORT SECTIONS
  cat >"$CASE_DIR/$1.conf" <<END
global
  maxconn 200
defaults
  timeout connect 10s
  timeout client 60s
  timeout server 60s
$3
END
  spawn "$1" haproxy -db -f "$CASE_DIR/$1.conf"
  await_port "$1" "$2"
}
