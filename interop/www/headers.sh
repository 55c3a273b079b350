# The request's method and headers, one a line.
printf 'Content-Type: text/plain\r\n\r\n'
printf 'METHOD=%s\nREMOTE=%s\n' "$REQUEST_METHOD" "$REMOTE_ADDR"
env | grep '^HTTP_' | sort
