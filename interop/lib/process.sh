# Programs in the background: each in a process group of its own, all ended when the script ends.

declare -A PIDS=() # name of a program -> its process group

export PRIVATE=$INTEROP/lib/private

spawn() { # NAME COMMAND…: runs the command in the background, with its output in logs/NAME.log
  local name=$1
  shift
  # A shell without job control has its background ignore SIGINT.
  env --default-signal=INT setsid "$@" >>"$CASE_DIR/logs/$name.log" 2>&1 </dev/null &
  PIDS[$name]=$!
}

running() { # NAME
  [[ -n ${PIDS[$1]:-} ]] && kill -0 "${PIDS[$1]}" 2>/dev/null
}

signal() { # NAME SIGNAL: sends it to the program, not to what it started
  kill -s "$2" "${PIDS[$1]}"
}

stop() { # NAME…: ends each and what it started; returns when they are gone
  local name pid
  for name in "$@"; do
    pid=${PIDS[$name]:-}
    [[ -n $pid ]] || continue
    unset "PIDS[$name]"
    kill -TERM -- "-$pid" 2>/dev/null || true
    within 5 empty_group "$pid" || true
    kill -KILL -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}

empty_group() { ! kill -0 -- "-$1" 2>/dev/null; }

stop_all() { stop "${!PIDS[@]}"; }

within() { # SECONDS COMMAND…: tries it until it succeeds; fails when the time is over
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    pause
  done
}

pause() { sleep 0.05; } # between two looks of a loop that has a deadline
