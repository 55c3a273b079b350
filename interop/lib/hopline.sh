# Hopline: its config put together from inbounds and chains, each inbound on a free port.

declare -A PORT=() # name of an inbound -> its port
INBOUNDS='' OUTBOUNDS=''

# Settings that the cases share. Where a server's certificate is verified, our authority is the one to trust.
# shellcheck disable=SC2034
ASKS_LOGIN="users { $USER_NAME = \"$USER_PASSWORD\" }" \
  TAKES_TLS="tls { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\" }" \
  TRUSTS_CA="tls { ca = \"$CA\" }" \
  LOGS_IN="auth { user = $USER_NAME, password = \"$USER_PASSWORD\" }"

inbound() { # NAME TYPE OUTBOUND [SETTINGS]: adds an inbound; its port is then ${PORT[NAME]}
  PORT[$1]=$(free_port)
  INBOUNDS+="    { name = $1, type = $2, listen = \"$HOST:${PORT[$1]}\", outbound = $3, ${4:-} }
"
}

outbound() { # NAME HOPS: adds a chain, as HOCON
  OUTBOUNDS+="    $1 = $2
"
}

write_config() { # writes what was added to $CASE_DIR/hopline.conf
  printf 'hopline {\n  inbounds = [\n%s  ]\n  outbounds {\n%s  }\n}\n' "$INBOUNDS" "$OUTBOUNDS" >"$CASE_DIR/hopline.conf"
}

serve() { # [COMMAND…]: runs Hopline with what was added, behind the command; returns when all inbounds listen
  write_config
  spawn hopline "$@" "$HOPLINE" run "$CASE_DIR/hopline.conf"
  local name
  for name in "${!PORT[@]}"; do await_port hopline "${PORT[$name]}" 60; done
}
