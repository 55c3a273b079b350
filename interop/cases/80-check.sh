#!/usr/bin/env bash
# `hopline check` and `run` on broken files: every problem at once, each with its file and line; exit status 2.

source "$(dirname "$0")/../lib/case.sh"

cat >"$CASE_DIR/broken.conf" <<'END'
hopline {
  inbounds = [
    { name = front, type = mixed, lisen = "127.0.0.1:1080", outbound = lab }
    { name = other, type = sock5, listen = "127.0.0.1:1081", outbound = lab }
    { name = wide, type = http, listen = "0.0.0.0:8080", outbound = lab }
    { name = lost, type = http, listen = "127.0.0.1:8081", outbound = nowhere }
    { name = far, type = http, listen = "127.0.0.1:65536", outbound = lab }
  ]
  outbounds {
    lab = [ { type = socks5, server = "10.0.0.5:1080", auth { user = u } } ]
    web = [ { type = connect, server = "proxy.test:443", tsl {} } ]
    typed = "https+conect://proxy.test:443"
  }
}
END
broken() { "$HOPLINE" "$1" "$CASE_DIR/broken.conf"; }
expect() { # LINE TEXT: the line is reported, with the text
  local out
  out=$(broken check 2>&1) || true
  grep -E "broken\.conf: ?$1:.*$2" <<<"$out" || { printf 'not told: line %s, %s\n%s\n' "$1" "$2" "$out" && return 1; }
}

check 'the exit status is 2' exits 2 broken.conf broken check
check 'a misspelt key, and the likely one' expect 3 'lisen.*listen'
check 'an unknown inbound type, and the likely one' expect 4 'sock5.*socks5'
check 'an open proxy that nobody asked for' expect 5 'open'
check 'a chain that is not there' expect 6 'nowhere'
check 'a port out of range' expect 7 '65535'
check 'a missing password' expect 10 'password'
check 'a misspelt layer, and the likely one' expect 11 'tsl.*tls'
check 'an unknown type in a URL' expect 12 'conect'
check 'run refuses as well, with 2' exits 2 broken.conf broken run

printf 'hopline {\n  inbounds = [\n    { name = "front }\n  ]\n}\n' >"$CASE_DIR/torn.conf"
check 'what is no HOCON is told with its line' exits 2 torn.conf "$HOPLINE" check "$CASE_DIR/torn.conf"
check 'a file that is not there is told' exits 2 absent.conf "$HOPLINE" check "$CASE_DIR/absent.conf"

printf 'common { listen = "127.0.0.1:1080" }\n' >"$CASE_DIR/common.conf"
# shellcheck disable=SC2016 # HOCON expands it
printf 'include "common.conf"\nhopline.inbounds = [ ${common} { type = mixed } ]\n' >"$CASE_DIR/includes.conf"
beside() { (cd "$CASE_DIR" && "$HOPLINE" check includes.conf); }
check 'a file beside the config is included' exits 0 '127.0.0.1:1080' beside

inbound front mixed lab
outbound lab "[ { type = socks5, server = \"10.0.0.5:1080\", $LOGS_IN } ]"
write_config
check 'a good file: the chain as one line' exits 0 'socks5' "$HOPLINE" check "$CASE_DIR/hopline.conf"
check 'a good file: no password in it' prints_not "$USER_PASSWORD" "$HOPLINE" check "$CASE_DIR/hopline.conf"
