#!/usr/bin/env bash
# Programs of others as the one hop of a chain: each protocol that we speak towards servers, with TLS, with a password.

source "$(dirname "$0")/../lib/case.sh"

squid=$(free_port) squid_auth=$(free_port) squid_tls=$(free_port)
squid_peer squid "$squid"
squid_peer squid-auth "$squid_auth" auth
squid_peer squid-tls "$squid_tls" auth tls
tinyproxy=$(free_port) tinyproxy_auth=$(free_port)
tinyproxy_peer tinyproxy "$tinyproxy"
tinyproxy_peer tinyproxy-auth "$tinyproxy_auth" auth
dante=$(free_port) dante_auth=$(free_port)
dante_peer dante "$dante"
dante_peer dante-auth "$dante_auth" auth
microsocks=$(free_port) microsocks_auth=$(free_port)
microsocks_peer microsocks "$microsocks"
microsocks_peer microsocks-auth "$microsocks_auth" auth
sshd=$(free_port) ssh_socks=$(free_port)
sshd_peer sshd "$sshd"
ssh_socks_peer ssh-socks "$ssh_socks" sshd "$sshd"
stunnel_socks=$(free_port)
stunnel_peer stunnel-socks "$stunnel_socks" "$microsocks_auth"

chains=()
chain() { # NAME TYPE PORT [SETTINGS]: a chain of that hop, behind a mixed inbound
  chains+=("$1")
  outbound "$1" "[ { type = $2, server = \"$HOST:$3\", ${4:-} } ]"
  inbound "$1" mixed "$1"
}

chain squid-http http "$squid"
chain squid-http-auth http "$squid_auth" "$LOGS_IN"
chain squid-https-auth http "$squid_tls" "$LOGS_IN, $TRUSTS_CA"
chain squid-connect connect "$squid"
chain squid-connect-auth connect "$squid_auth" "$LOGS_IN"
chain squid-connect-tls-auth connect "$squid_tls" "$LOGS_IN, $TRUSTS_CA"
chain tinyproxy-http http "$tinyproxy"
chain tinyproxy-connect-auth connect "$tinyproxy_auth" "$LOGS_IN"
chain dante-socks4 socks4 "$dante"
chain ssh-socks4 socks4 "$ssh_socks"
chain ssh-socks4a socks4a "$ssh_socks"
chain dante-socks5 socks5 "$dante"
chain dante-socks5-auth socks5 "$dante_auth" "$LOGS_IN"
chain microsocks-socks5 socks5 "$microsocks"
chain microsocks-socks5-auth socks5 "$microsocks_auth" "$LOGS_IN"
chain stunnel-socks5-auth socks5 "$stunnel_socks" "$LOGS_IN, $TRUSTS_CA"

# Hops that refuse us.
chain squid-http-stranger http "$squid_auth"
chain squid-connect-stranger connect "$squid_auth"
chain dante-stranger socks5 "$dante_auth" "auth { user = $USER_NAME, password = \"not it\" }"
chain tls-unknown-ca connect "$squid_tls" "$LOGS_IN, tls {}"
serve

for name in "${chains[@]}"; do
  case $name in
    *-stranger | *-unknown-ca | *-socks4) ;;
    *)
      works "$name" --proxy "http://$HOST:${PORT[$name]}"
      resolves "$name" --proxy "http://$HOST:${PORT[$name]}"
      ;;
  esac
done
for name in dante-socks4 ssh-socks4; do works "$name" --proxy "http://$HOST:${PORT[$name]}"; done
speaks_http squid-http-auth --proxy "http://$HOST:${PORT[squid-http-auth]}"
keeps_secrets squid-http-auth --proxy "http://$HOST:${PORT[squid-http-auth]}"
works 'socks5 to squid-connect' --proxy "socks5h://$HOST:${PORT[squid-connect]}"

# A hop that wants other credentials is a 502 to our client, who could not give them, never a 407.
blames() { # STATUS TEXT NAME: the answer has the status and tells the text
  prints "$1 " get --include -w '%{http_code} ' --proxy "http://$HOST:${PORT[$3]}" "$HTTP_ORIGIN/small.txt" &&
    prints "$2" get --include --proxy "http://$HOST:${PORT[$3]}" "$HTTP_ORIGIN/small.txt"
}
check 'http hop without our password is named' blames 502 "hop 1 (http $HOST:$squid_auth)" squid-http-stranger
check 'connect hop without our password is named' blames 502 "hop 1 (connect $HOST:$squid_auth)" squid-connect-stranger
check 'socks5 hop with a wrong password is named' blames 502 "hop 1 (socks5 $HOST:$dante_auth)" dante-stranger
check 'TLS hop with an unknown CA is named' blames 502 'TLS' tls-unknown-ca
check 'a SOCKS client is refused as well' unseen_and 'exit=97' "$HTTP_ORIGIN" -w 'exit=%{exitcode}' \
  --proxy "socks5h://$HOST:${PORT[dante-stranger]}"
