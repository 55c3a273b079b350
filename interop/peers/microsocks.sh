# microsocks: SOCKS 5, with or without user and password.

microsocks_peer() { # NAME PORT [auth]
  local name=$1 port=$2 auth=()
  [[ ${3:-} == auth ]] && auth=(-u "$USER_NAME" -P "$USER_PASSWORD")
  spawn "$name" "$PRIVATE" microsocks -i "$HOST" -p "$port" "${auth[@]}"
  await_port "$name" "$port"
}
