# dante: SOCKS 4 and 5; with `auth` SOCKS 5 for the user that /etc/shadow, as it sees it, knows.

dante_peer() { # NAME PORT [auth]
  local name=$1 port=$2 method=none
  [[ ${3:-} == auth ]] && method=username
  cat >"$CASE_DIR/$name.conf" <<END
logoutput: stderr
internal: $HOST port = $port
external: $HOST
clientmethod: none
socksmethod: $method
user.privileged: root
user.unprivileged: nobody
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
socks pass {
  from: 127.0.0.0/8 to: 0.0.0.0/0
  log: connect error
}
END
  spawn "$name" "$PRIVATE" danted -N 1 -f "$CASE_DIR/$name.conf"
  await_port "$name" "$port"
}
