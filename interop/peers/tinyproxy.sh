# tinyproxy: an HTTP proxy with CONNECT, with or without Basic authentication.

tinyproxy_peer() { # NAME PORT [auth]
  local name=$1 port=$2 auth=''
  [[ ${3:-} == auth ]] && auth="BasicAuth $USER_NAME $USER_PASSWORD"
  cat >"$CASE_DIR/$name.conf" <<END
Port $port
Listen $HOST
Timeout 60
MaxClients 50
LogLevel Connect
$auth
END
  spawn "$name" "$PRIVATE" tinyproxy -d -c "$CASE_DIR/$name.conf"
  await_port "$name" "$port"
}
