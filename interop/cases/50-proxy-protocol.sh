#!/usr/bin/env bash
# The PROXY protocol, v1 and v2, as curl and haproxy send it to our listeners and as haproxy takes it from us.

source "$(dirname "$0")/../lib/case.sh"

client=127.9.8.7 # where curl connects from, so that what is told differs from whoever relays it

inbound told mixed direct 'proxy-protocol {}'
inbound told-tls mixed direct "proxy-protocol {}, $TAKES_TLS"
inbound told-tcp tcp direct "proxy-protocol {}, target = \"$HOST:$HTTP_PORT\""
behind=$(free_port)
outbound tell-v1 "[ { type = direct, proxy-protocol = v1 } ]"
outbound tell-v2 "[ { type = direct, proxy-protocol = v2 } ]"
inbound tell-v1 mixed tell-v1
inbound tell-v2 mixed tell-v2
serve
v1=$(free_port) v2=$(free_port) summed=$(free_port) tls=$(free_port) relay=$(free_port)
haproxy_sends haproxy-v1 "$v1" "${PORT[told]}" send-proxy
haproxy_sends haproxy-v2 "$v2" "${PORT[told]}" send-proxy-v2
haproxy_sends haproxy-v2-summed "$summed" "${PORT[told]}" 'send-proxy-v2 proxy-v2-options crc32c'
haproxy_sends haproxy-v2-tls "$tls" "${PORT[told-tls]}" send-proxy-v2
haproxy_takes haproxy-behind "$behind"
spawn relay socat "TCP-LISTEN:$relay,bind=$HOST,fork,reuseaddr" "TCP:$HOST:${PORT[told-tcp]}"
await_port relay "$relay"

works 'v1 by haproxy' --proxy "http://$HOST:$v1"
works 'v2 by haproxy' --proxy "socks5h://$HOST:$v2"
works 'v2 with a checksum by haproxy' --proxy "http://$HOST:$summed"
works 'v2 by haproxy, then TLS' --proxy "https://$HOST:$tls"
check 'v1 by curl' prints "$SMALL_TEXT" get --fail --haproxy-protocol "http://$HOST:${PORT[told-tcp]}/small.txt"

logs_client() { # MARK CURL-ARGUMENTS…: the access log has the client that the PROXY protocol told
  get -o /dev/null --interface "$client" "${@:2}" && within 5 prints "$client" grep -F -e "$1" "$CASE_DIR/logs/hopline.log"
}
check 'the client told by v1 is logged' logs_client "$client" --proxy "http://$HOST:$v1" "$HTTPS_ORIGIN/small.txt"

one_more() { # CURL-ARGUMENTS…: one more session of that client is logged
  local before
  before=$(grep -c -F "$client" "$CASE_DIR/logs/hopline.log" || true)
  get -o /dev/null --interface "$client" "$@" && within 5 logged_more_than "$before"
}
logged_more_than() { (($(grep -c -F "$client" "$CASE_DIR/logs/hopline.log") > $1)); }
check 'the client told by v2 is logged' one_more --proxy "http://$HOST:$v2" "$HTTPS_ORIGIN/small.txt"
check 'the client told by v2 before TLS is logged' one_more --proxy "https://$HOST:$tls" "$HTTPS_ORIGIN/small.txt"
check 'the client told by curl is logged' one_more --haproxy-protocol "http://$HOST:$relay/small.txt"

for version in v1 v2; do
  check "haproxy learns the client from our $version" prints "client=$client" \
    get --interface "$client" --proxytunnel --proxy "http://$HOST:${PORT[tell-$version]}" "http://$HOST:$behind/"
  check "haproxy learns a SOCKS client from our $version" prints "client=$client" \
    get --interface "$client" --proxy "socks5h://$HOST:${PORT[tell-$version]}" "http://$HOST:$behind/"
done

check 'whoever does not tell is cut off' unseen_and '' "$HTTP_ORIGIN" --max-time 5 --proxy "http://$HOST:${PORT[told]}"
