#!/usr/bin/env bash
# Datagrams and passive connections of SOCKS5, for dante's socksify and for PySocks, straight, through one hop and through two nested ones.

source "$(dirname "$0")/../lib/case.sh"

inbound front socks5 direct 'udp = true, bind = true'
inbound exit socks5 direct 'udp = true, bind = true'
outbound one "\"socks5://$HOST:${PORT[exit]}\""
outbound two "\"socks5://$HOST:${PORT[front]}, socks5://$HOST:${PORT[exit]}\""
inbound one socks5 one 'udp = true, bind = true'
inbound two socks5 two 'udp = true, bind = true'
inbound closed socks5 direct
dante=$(free_port)
dante_peer dante "$dante"
outbound dante "\"socks5://$HOST:$dante\""
inbound dante socks5 dante 'udp = true'
serve

echo=$(free_port)
spawn echo python3 "$INTEROP/lib/datagrams.py" echo "$echo"
# What comes before it listens is lost, as it should be.
echoes() { ss --udp --listening --numeric --no-header "sport = :$echo" | grep -q .; }
within 10 echoes
# Debian's own, for which Debian has PySocks.
python=/usr/bin/python3

for name in front one two dante; do
  cat >"$CASE_DIR/$name.conf" <<END
route {
  from: 0.0.0.0/0 to: 0.0.0.0/0 via: $HOST port = ${PORT[$name]}
  proxyprotocol: socks_v5
  command: connect bind bindreply udpassociate udpreply
  protocol: tcp udp
  method: none
}
END
done
socksify_by() { # INBOUND: prints what goes before a command that is to have SOCKS5 beneath its sockets
  printf 'env SOCKS_CONF=%s timeout 20 socksify' "$CASE_DIR/$1.conf"
}
pysocks() { # INBOUND
  SOCKS=${PORT[$1]} timeout 20 "$python" "$INTEROP/lib/datagrams.py" ask "$HOST" "$echo"
}

for name in front one two dante; do
  # shellcheck disable=SC2046 # words
  check "datagrams of socksify: $name" prints 'all came back' $(socksify_by "$name") \
    python3 "$INTEROP/lib/datagrams.py" ask "$HOST" "$echo"
  check "datagrams of PySocks: $name" prints 'all came back' pysocks "$name"
done
check 'no datagrams where the config does not say so' exits 1 'Command not supported' pysocks closed

peer_comes() { # INBOUND: a program that listens, though for the proxy; who connects to the proxy's port is its peer
  local at
  # shellcheck disable=SC2046
  spawn "listener-$1" $(socksify_by "$1") socat -u TCP-LISTEN:0,bind="$HOST" STDOUT
  within 10 listens_anew
  printf 'a peer is here' | timeout 10 socat -u STDIN "TCP:$HOST:$at"
  within 10 grep -q 'a peer is here' "$CASE_DIR/logs/listener-$1.log"
}
listens_anew() { # there is a port of Hopline's that its config does not name
  local known
  known=$(printf '%s\n' "${PORT[@]}" "$dante")
  at=$(ss --listening --numeric --tcp --no-header --processes | grep java | sed -E 's/.*:([0-9]+) +[^ ]*:\*.*/\1/' |
    grep -vxF "$known" | head -n 1)
  [[ -n $at ]]
}
for name in front one two; do
  check "a peer comes to a port of the proxy's: $name" peer_comes "$name"
done
