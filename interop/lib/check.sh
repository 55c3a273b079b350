# One line for each thing checked: `ok`, or `FAILED` with the reason and the ends of the logs.

check() { # NAME COMMAND…: the command's exit status tells; what it printed is shown only if it failed
  local name=$1 seen="$CASE_DIR/seen" before=$SECONDS
  shift
  if "$@" >"$seen" 2>&1 </dev/null; then
    printf 'ok     %s: %s\n' "$CASE" "$name" | tee -a "$RUN_DIR/results"
    return
  fi
  printf 'FAILED %s: %s (%d s)\n' "$CASE" "$name" "$((SECONDS - before))" | tee -a "$RUN_DIR/results"
  tail -c 2000 "$seen" | tr -d '\000' | sed 's/^/       | /'
  for log in "$CASE_DIR"/logs/*.log; do
    tail -n 4 "$log" | cut -c -300 | sed "s/^/       > $(basename "$log" .log): /"
  done
}

prints() { # TEXT COMMAND…: it succeeds and prints the text
  local text=$1 out
  shift
  out=$("$@" 2>&1) || { printf '%s\nexit status %d\n' "$out" $? && return 1; }
  [[ $out == *"$text"* ]] || { printf 'no "%s" in:\n%s\n' "$text" "$out" && return 1; }
}

prints_not() { # TEXT COMMAND…: it succeeds, and the text is not in what it prints
  local text=$1 out
  shift
  out=$("$@" 2>&1) || { printf '%s\nexit status %d\n' "$out" $? && return 1; }
  [[ $out != *"$text"* ]] || { printf '"%s" is in:\n%s\n' "$text" "$out" && return 1; }
}

exits() { # STATUS TEXT COMMAND…: it ends with the status and prints the text
  local want=$1 text=$2 out got=0
  shift 2
  out=$("$@" 2>&1) || got=$?
  [[ $got == "$want" ]] || { printf 'exit status %d, not %d:\n%s\n' "$got" "$want" "$out" && return 1; }
  [[ $out == *"$text"* ]] || { printf 'no "%s" in:\n%s\n' "$text" "$out" && return 1; }
}

sums_to() { # SHA256 COMMAND…: its standard output has the checksum
  local want=$1 got
  shift
  got=$("$@" | sha256) || { printf 'failed: %s\n' "$*" && return 1; }
  [[ $got == "$want" ]] || { printf 'checksum %s, not %s\n' "$got" "$want" && return 1; }
}

sha256() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }
