# stunnel: puts TLS in front of a server, or takes it off.

stunnel_peer() { # NAME PORT TARGET-PORT [LINE…]: TLS on PORT, plain to TARGET-PORT; more lines go to its service
  local name=$1 port=$2 target=$3
  shift 3
  {
    cat <<END
foreground = yes
pid =
syslog = no
debug = notice
[$name]
accept = $HOST:$port
connect = $HOST:$target
cert = $CERTS/server.pem
key = $CERTS/server.key
END
    (($# == 0)) || printf '%s\n' "$@"
  } >"$CASE_DIR/$name.conf"
  spawn "$name" stunnel "$CASE_DIR/$name.conf"
  await_port "$name" "$port"
}
