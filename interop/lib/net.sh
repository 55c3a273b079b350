# Ports: all are free, since the run has a network of its own; waited for with a deadline.

free_port() { # prints a port that nothing else here gets: one below those that the kernel gives to clients
  local port
  port=$(($(<"$LAST_PORT") + 1))
  printf '%d' "$port" | tee "$LAST_PORT"
}

accepts() { # PORT: whether something listens there
  (exec 3<>"/dev/tcp/$HOST/$1") 2>/dev/null
}

await_port() { # NAME PORT [SECONDS]: returns when the program NAME listens on the port; fails at once if it died
  local name=$1 port=$2 deadline=$((SECONDS + ${3:-20}))
  until accepts "$port"; do
    if ! running "$name"; then
      tail -n 20 "$CASE_DIR/logs/$name.log" >&2
      die "$name ended before it listened on port $port"
    fi
    if ((SECONDS >= deadline)); then
      tail -n 20 "$CASE_DIR/logs/$name.log" >&2
      die "$name does not listen on port $port"
    fi
    pause
  done
}
