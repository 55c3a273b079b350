#!/usr/bin/env bash
# ssh through `hopline pipe`: a command, a large copy, half-close, exit statuses.

source "$(dirname "$0")/../lib/case.sh"

sshd=$(free_port) squid=$(free_port) dante=$(free_port) nghttpx=$(free_port)
sshd_peer sshd "$sshd"
squid_peer squid "$squid"
dante_peer dante "$dante"
nghttpx_proxy nghttpx "$nghttpx" "$squid"

through() { # CHAIN PROGRAM ARGUMENTS…: ssh, scp or sftp through the chain
  ssh_with sshd "$2" -o Port="$sshd" -o ProxyCommand="'$HOPLINE' pipe --chain '$1' %h %p" "${@:3}"
}

secure="tls+http2://$HOST:$nghttpx?tls.ca=$CA"
for chain in "connect://$HOST:$squid" "socks5://$HOST:$dante" "connect://$HOST:$squid, socks5://$HOST:$dante" "$secure"; do
  check "a command through $chain" prints 42 through "$chain" ssh "root@$HOST" 'expr 6 \* 7'
done

chain="connect://$HOST:$squid, socks5://$HOST:$dante"
check 'the remote exit status comes back' exits 7 '' through "$chain" ssh "root@$HOST" 'exit 7'

from_stdin() { printf 'data' | through "$chain" ssh "root@$HOST" 'cat; echo " and the end"'; }
check 'the end of our input gets there, and the answer back' prints 'data and the end' from_stdin

upload() { through "$chain" ssh "root@$HOST" cat <"$RUN_DIR/www/medium.bin"; }
check '16 MiB there and back' sums_to "$MEDIUM_SUM" upload
chain=$secure check '16 MiB there and back over HTTP/2 and TLS' sums_to "$MEDIUM_SUM" upload

copy() { through "$chain" scp -q "$RUN_DIR/www/big.bin" "root@$HOST:$CASE_DIR/copy" && cat "$CASE_DIR/copy"; }
check '1 GiB by scp' sums_to "$BIG_SUM" copy

# Without ssh around it: raw half-close, both ways, with everything behind it still delivered. squid ends a tunnel whole when one side
# of it ends, so it has no part in this.
echo_port=$(free_port)
spawn echo socat -t 30 "TCP-LISTEN:$echo_port,bind=$HOST,fork,reuseaddr" 'SYSTEM:sha256sum; echo last words'
await_port echo "$echo_port"
raw() { "$HOPLINE" pipe --chain "socks5://$HOST:$dante" "$HOST" "$echo_port" <"$MEDIUM"; }
check 'an answer that starts after our end comes whole' prints "$MEDIUM_SUM  -
last words" raw

closed=$(free_port)
refused() { "$HOPLINE" pipe --chain "connect://$HOST:$closed" "$HOST" "$sshd"; }
check 'a chain that breaks names the hop' exits 1 "hop 1 (connect $HOST:$closed)" refused
