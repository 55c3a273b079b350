# curl as the client: what any proxy must do for it, in named checks.

get() { # CURL-ARGUMENTS…
  curl --disable --silent --show-error --noproxy '' --max-time 120 --cacert "$CA" --proxy-cacert "$CA" "$@"
}

page() { # PATH CURL-ARGUMENTS…: fetches a path of the http origin
  local path=$1
  shift
  get --fail "$@" "$HTTP_ORIGIN$path"
}

secure_page() { # PATH CURL-ARGUMENTS…: fetches a path of the https origin
  local path=$1
  shift
  get --fail "$@" "$HTTPS_ORIGIN$path"
}

works() { # NAME CURL-ARGUMENTS…: http and https come through, whole
  local name=$1
  shift
  check "$name: http" prints "$SMALL_TEXT" page /small.txt "$@"
  check "$name: https" prints "$SMALL_TEXT" secure_page /small.txt "$@"
  check "$name: 16 MiB down" sums_to "$MEDIUM_SUM" secure_page /medium.bin "$@"
  check "$name: 16 MiB up and down" sums_to "$MEDIUM_SUM" page /echo.sh --data-binary "@$MEDIUM" "$@"
}

speaks_http() { # NAME CURL-ARGUMENTS…: what HTTP/1.1 has besides GET
  local name=$1
  shift
  check "$name: HEAD" tells_length $((16 << 20)) "$@"
  check "$name: chunked upload" sums_to "$MEDIUM_SUM" \
    page /echo.sh --data-binary "@$MEDIUM" -H 'Transfer-Encoding: chunked' "$@"
  check "$name: 404 passes" prints 404 get -o /dev/null -w '%{http_code}' "$@" "$HTTP_ORIGIN/absent"
  check "$name: http keep-alive" one_connection "$HTTP_ORIGIN" "$@"
  check "$name: https keep-alive" one_connection "$HTTPS_ORIGIN" "$@"
}

tells_length() { # BYTES CURL-ARGUMENTS…: what HEAD says of the 16 MiB, its field's name in upper or lower case
  local bytes=$1
  shift
  page /medium.bin --head "$@" | grep -i "^content-length: $bytes"
}

one_connection() { # ORIGIN CURL-ARGUMENTS…: three requests take one connection
  local origin=$1
  shift
  prints 'connects=1 connects=0 connects=0' get --fail "$@" -w 'connects=%{num_connects} ' \
    -o /dev/null "$origin/small.txt" -o /dev/null "$origin/headers.sh" -o /dev/null "$origin/small.txt"
}

resolves() { # NAME CURL-ARGUMENTS…: the name travels: curl cannot resolve it, the last proxy can
  local name=$1
  shift
  check "$name: the name travels (http)" prints "$SMALL_TEXT" get --fail "$@" "$NAMED_HTTP_ORIGIN/small.txt"
  check "$name: the name travels (https)" prints "$SMALL_TEXT" get --fail "$@" "$NAMED_HTTPS_ORIGIN/small.txt"
}

answers_407() { # NAME CURL-ARGUMENTS…: refuses plain and CONNECT requests with 407, and the origin never sees them
  local name=$1
  shift
  check "$name: http is answered 407" unseen_and '407 ' "$HTTP_ORIGIN" -w '%{http_code} ' "$@"
  check "$name: https is answered 407" unseen_and '407 ' "$HTTPS_ORIGIN" -w '%{http_connect} ' "$@"
  check "$name: it says which scheme it wants" wants_basic "$@"
}

wants_basic() { # CURL-ARGUMENTS…: the challenge is there, its name in upper or lower case
  get --include "$@" "$HTTP_ORIGIN/small.txt" | grep -i '^proxy-authenticate: basic'
}

refuses_socks() { # NAME CURL-ARGUMENTS…: ends the SOCKS handshake with a refusal, and the origin never sees a request
  local name=$1
  shift
  check "$name: http is refused" unseen_and 'exit=97' "$HTTP_ORIGIN" -w 'exit=%{exitcode}' "$@"
  check "$name: https is refused" unseen_and 'exit=97' "$HTTPS_ORIGIN" -w 'exit=%{exitcode}' "$@"
}

unseen_and() { # TEXT ORIGIN CURL-ARGUMENTS…: curl writes the text, and the origin's log has no such request
  local text=$1 origin=$2 mark="mark-$RANDOM-$RANDOM-$RANDOM" out
  shift 2
  out=$(get "$@" -o /dev/null "$origin/small.txt?$mark" 2>&1)
  [[ $out == *"$text"* ]] || { printf 'no "%s" in:\n%s\n' "$text" "$out" && return 1; }
  ! grep -F "$mark" "$RUN_DIR/origin.log"
}

keeps_secrets() { # NAME CURL-ARGUMENTS…: what is meant for the proxy does not reach the origin
  local name=$1
  shift
  check "$name: Proxy-Authorization stays" prints_not HTTP_PROXY page /headers.sh "$@"
}
