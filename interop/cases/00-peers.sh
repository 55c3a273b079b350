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
sshd=$(free_port) ssh_socks=$(free_port)
sshd_peer sshd "$sshd"
ssh_socks_peer ssh-socks "$ssh_socks" sshd "$sshd"
stunnel=$(free_port)
stunnel_peer stunnel "$stunnel" "$squid"
haproxy=$(free_port) haproxy_v1=$(free_port) haproxy_v2=$(free_port)
haproxy_takes haproxy "$haproxy"
haproxy_sends haproxy-v1 "$haproxy_v1" "$haproxy" send-proxy
haproxy_sends haproxy-v2 "$haproxy_v2" "$haproxy" send-proxy-v2

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

works 'ssh -D, socks4a' --proxy "socks4a://$HOST:$ssh_socks"
resolves 'ssh -D, socks4a' --proxy "socks4a://$HOST:$ssh_socks"

check 'curl tells haproxy who it is' prints client=127.9.8.7 \
  get --interface 127.9.8.7 --haproxy-protocol "http://$HOST:$haproxy/"
check 'haproxy tells haproxy, v1' prints client=127.9.8.7 get --interface 127.9.8.7 "http://$HOST:$haproxy_v1/"
check 'haproxy tells haproxy, v2' prints client=127.9.8.7 get --interface 127.9.8.7 "http://$HOST:$haproxy_v2/"
