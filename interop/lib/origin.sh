# The origin that everything is fetched from: lighttpd, http and https, started once for the run.
#
#   /small.txt    one line           /big.bin      1 GiB, checksum BIG_SUM
#   /medium.bin   16 MiB, MEDIUM_SUM /echo.sh      the request's body
#   /headers.sh   the request's method and headers, as it came here

export HTTP_PORT=${HTTP_PORT:-} HTTPS_PORT=${HTTPS_PORT:-}
export BIG_SUM=${BIG_SUM:-} MEDIUM_SUM=${MEDIUM_SUM:-}
export SMALL_TEXT='the small file, whole'
export MEDIUM=$RUN_DIR/www/medium.bin

noise() { # FILE BYTES: fills the file with bytes that look random and are the same in each run; prints their sum
  truncate -s "$2" "$1.zeros"
  openssl enc -aes-128-ctr -K 00112233445566778899aabbccddeeff -iv 00000000000000000000000000000000 \
    -bufsize 262144 -in "$1.zeros" -out "$1"
  rm "$1.zeros"
  sha256 <"$1"
}

origin() {
  local www=$RUN_DIR/www
  cp "$INTEROP"/www/*.sh "$www"
  printf '%s\n' "$SMALL_TEXT" >"$www/small.txt"
  BIG_SUM=$(noise "$www/big.bin" $((1 << 30)))
  MEDIUM_SUM=$(noise "$MEDIUM" $((16 << 20)))
  HTTP_PORT=$(free_port)
  HTTPS_PORT=$(free_port)
  certificate origin "IP:$HOST,DNS:$ORIGIN_NAME"
  cat >"$CASE_DIR/lighttpd.conf" <<END
server.modules = ("mod_accesslog", "mod_cgi", "mod_openssl")
server.bind = "$HOST"
server.port = $HTTP_PORT
server.document-root = "$www"
server.upload-dirs = ("$CASE_DIR")
accesslog.filename = "$RUN_DIR/origin.log"
accesslog.format = "%r %s"
cgi.assign = (".sh" => "/bin/sh")
mimetype.assign = (".txt" => "text/plain", "" => "application/octet-stream")
\$SERVER["socket"] == "$HOST:$HTTPS_PORT" {
  ssl.engine = "enable"
  ssl.pemfile = "$CERTS/origin.pem"
  ssl.privkey = "$CERTS/origin.key"
}
END
  spawn origin lighttpd -D -f "$CASE_DIR/lighttpd.conf"
  await_port origin "$HTTP_PORT"
  await_port origin "$HTTPS_PORT"
}

# shellcheck disable=SC2034  # for the cases
HTTP_ORIGIN=http://$HOST:$HTTP_PORT HTTPS_ORIGIN=https://$HOST:$HTTPS_PORT
# The same by a name that curl and Hopline cannot resolve.
# shellcheck disable=SC2034
NAMED_HTTP_ORIGIN=http://$ORIGIN_NAME:$HTTP_PORT NAMED_HTTPS_ORIGIN=https://$ORIGIN_NAME:$HTTPS_PORT
