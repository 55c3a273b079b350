# squid: an HTTP proxy with CONNECT, with or without Basic authentication, in the clear or over TLS.

squid_peer() { # NAME PORT [auth] [tls]
  local name=$1 port=$2 listen=http_port tls='' access='http_access allow all' dir=$CASE_DIR/$1
  shift 2
  mkdir -p "$dir"
  for option in "$@"; do
    case $option in
      auth)
        printf '%s:%s\n' "$USER_NAME" "$(openssl passwd -apr1 "$USER_PASSWORD")" >"$dir/passwords"
        access="auth_param basic program /usr/lib/squid/basic_ncsa_auth $dir/passwords
auth_param basic children 2
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all"
        ;;
      tls)
        listen=https_port
        tls="tls-cert=$CERTS/server.pem tls-key=$CERTS/server.key"
        ;;
    esac
  done
  cat >"$dir/squid.conf" <<END
$listen $HOST:$port $tls
$access
visible_hostname $name
cache deny all
cache_log $dir/cache.log
access_log stdio:$dir/access.log
pid_filename none
coredump_dir none
hosts_file $RUN_DIR/etc/hosts
pinger_enable off
shutdown_lifetime 0 seconds
max_filedescriptors 1024
END
  chown -R proxy:proxy "$dir"
  spawn "$name" squid -N -n "${name//-/}" -f "$dir/squid.conf"
  await_port "$name" "$port"
}
