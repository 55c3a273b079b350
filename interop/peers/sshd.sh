# sshd: OpenSSH's, with a host key and a user key of its own; root may come in with the user key.

sshd_peer() { # NAME PORT
  local name=$1 port=$2 dir=$CASE_DIR/$1
  mkdir -p "$dir"
  ssh-keygen -q -t ed25519 -N '' -f "$dir/host_key"
  ssh-keygen -q -t ed25519 -N '' -f "$dir/user_key"
  printf '[%s]:%s %s\n' "$HOST" "$port" "$(cut -d ' ' -f 1,2 "$dir/host_key.pub")" >"$dir/known_hosts"
  cat >"$dir/sshd_config" <<END
ListenAddress $HOST:$port
HostKey $dir/host_key
AuthorizedKeysFile $dir/user_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
Subsystem sftp internal-sftp
END
  spawn "$name" "$PRIVATE" /usr/sbin/sshd -D -e -f "$dir/sshd_config"
  await_port "$name" "$port"
}
