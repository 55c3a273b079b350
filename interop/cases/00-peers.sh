#!/usr/bin/env bash
# Without Hopline: the other programs do, among themselves, what the cases ask of them and of Hopline.

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
stunnel=$(free_port)
stunnel_peer stunnel "$stunnel" "$squid"

login=(--proxy-user "$USER_NAME:$USER_PASSWORD")
wrong=(--proxy-user "$USER_NAME:not it")

works squid --proxy "http://$HOST:$squid"
speaks_http squid --proxy "http://$HOST:$squid"
resolves squid --proxy "http://$HOST:$squid"
works 'squid, tunnels only' --proxytunnel --proxy "http://$HOST:$squid"
works 'squid with a password' "${login[@]}" --proxy "http://$HOST:$squid_auth"
keeps_secrets 'squid with a password' "${login[@]}" --proxy "http://$HOST:$squid_auth"
answers_407 'squid with no password' --proxy "http://$HOST:$squid_auth"
answers_407 'squid with a wrong password' "${wrong[@]}" --proxy "http://$HOST:$squid_auth"
works 'squid over TLS' "${login[@]}" --proxy "https://$HOST:$squid_tls"
works 'squid behind stunnel' --proxy "https://$HOST:$stunnel"

works tinyproxy --proxy "http://$HOST:$tinyproxy"
resolves tinyproxy --proxy "http://$HOST:$tinyproxy"
works 'tinyproxy with a password' "${login[@]}" --proxy "http://$HOST:$tinyproxy_auth"

works 'dante, socks4' --proxy "socks4://$HOST:$dante"
works 'dante, socks5' --proxy "socks5://$HOST:$dante"
resolves 'dante, socks5h' --proxy "socks5h://$HOST:$dante"
works 'dante with a password' "${login[@]}" --proxy "socks5://$HOST:$dante_auth"
refuses_socks 'dante with no password' --proxy "socks5://$HOST:$dante_auth"
refuses_socks 'dante with a wrong password' "${wrong[@]}" --proxy "socks5://$HOST:$dante_auth"

works microsocks --proxy "socks5://$HOST:$microsocks"
resolves microsocks --proxy "socks5h://$HOST:$microsocks"
works 'microsocks with a password' "${login[@]}" --proxy "socks5h://$HOST:$microsocks_auth"
refuses_socks 'microsocks with a wrong password' "${wrong[@]}" --proxy "socks5h://$HOST:$microsocks_auth"
