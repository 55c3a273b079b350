# OpenSSH: its server, with a host key and a user key of its own for root; its client as a SOCKS 4, 4a and 5 proxy.

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

ssh_with() { # SSHD-NAME PROGRAM ARGUMENTS…: ssh, scp or sftp with that server's keys and nothing of the machine's
  local dir=$CASE_DIR/$1
  "$2" -F none -o BatchMode=yes -o LogLevel=ERROR -o IdentityFile="$dir/user_key" \
    -o UserKnownHostsFile="$dir/known_hosts" "${@:3}"
}

ssh_socks_peer() { # NAME PORT SSHD-NAME SSHD-PORT: SOCKS on PORT, which goes on from that server
  local dir=$CASE_DIR/$3
  spawn "$1" ssh -F none -N -D "$HOST:$2" -o BatchMode=yes -o ExitOnForwardFailure=yes -o IdentityFile="$dir/user_key" \
    -o UserKnownHostsFile="$dir/known_hosts" -p "$4" "root@$HOST"
  await_port "$1" "$2"
}
