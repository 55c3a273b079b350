#!/usr/bin/env bash
# curl through each type of inbound, with and without TLS and users, straight to the origin.

source "$(dirname "$0")/../lib/case.sh"

for type in mixed http connect; do
  inbound "$type" "$type" direct
  inbound "$type-users" "$type" direct "$ASKS_LOGIN"
  inbound "$type-tls" "$type" direct "$TAKES_TLS"
done
for type in socks4 socks5; do inbound "$type" "$type" direct; done
inbound socks5-users socks5 direct "$ASKS_LOGIN"
serve "$PRIVATE" # which lets it resolve names for curl

login=(--proxy-user "$USER_NAME:$USER_PASSWORD")
wrong=(--proxy-user "$USER_NAME:not it")
stranger=(--proxy-user "bob:$USER_PASSWORD")

for type in mixed http; do
  at=$HOST:${PORT[$type]} at_users=$HOST:${PORT[$type-users]} at_tls=$HOST:${PORT[$type-tls]}
  works "$type" --proxy "http://$at"
  speaks_http "$type" --proxy "http://$at"
  resolves "$type" --proxy "http://$at"
  works "$type, tunnels only" --proxytunnel --proxy "http://$at"
  works "$type over TLS" --proxy "https://$at_tls"
  speaks_http "$type over TLS" --proxy "https://$at_tls"
  works "$type with a password" "${login[@]}" --proxy "http://$at_users"
  keeps_secrets "$type with a password" "${login[@]}" --proxy "http://$at_users"
  answers_407 "$type with no password" --proxy "http://$at_users"
  answers_407 "$type with a wrong password" "${wrong[@]}" --proxy "http://$at_users"
  answers_407 "$type with an unknown user" "${stranger[@]}" --proxy "http://$at_users"
done

works connect --proxytunnel --proxy "http://$HOST:${PORT[connect]}"
works 'connect over TLS' --proxytunnel --proxy "https://$HOST:${PORT[connect-tls]}"
works 'connect with a password' --proxytunnel "${login[@]}" --proxy "http://$HOST:${PORT[connect-users]}"
check 'connect with a wrong password is answered 407' unseen_and '407 ' "$HTTP_ORIGIN" --proxytunnel \
  -w '%{http_connect} ' "${wrong[@]}" --proxy "http://$HOST:${PORT[connect-users]}"

for type in mixed socks4; do
  works "$type, socks4" --proxy "socks4://$HOST:${PORT[$type]}"
  works "$type, socks4a" --proxy "socks4a://$HOST:${PORT[$type]}"
  resolves "$type, socks4a" --proxy "socks4a://$HOST:${PORT[$type]}"
done

for type in mixed socks5; do
  works "$type, socks5" --proxy "socks5://$HOST:${PORT[$type]}"
  works "$type, socks5h" --proxy "socks5h://$HOST:${PORT[$type]}"
  resolves "$type, socks5h" --proxy "socks5h://$HOST:${PORT[$type]}"
  works "$type, socks5 with a password" "${login[@]}" --proxy "socks5h://$HOST:${PORT[$type-users]}"
  refuses_socks "$type, socks5 with no password" --proxy "socks5h://$HOST:${PORT[$type-users]}"
  refuses_socks "$type, socks5 with a wrong password" "${wrong[@]}" --proxy "socks5h://$HOST:${PORT[$type-users]}"
done
refuses_socks 'mixed with users, socks4a' --proxy "socks4a://$HOST:${PORT[mixed-users]}"

logged_no_password() { ! grep -F -e "$USER_PASSWORD" -e 'not it' "$CASE_DIR/logs/hopline.log"; }
check 'no password is in the log' logged_no_password
