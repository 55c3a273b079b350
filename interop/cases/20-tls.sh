#!/usr/bin/env bash
# `openssl s_client` and curl against TLS inbounds: versions, ALPN, certificates by name, client certificates.

source "$(dirname "$0")/../lib/case.sh"

certificate one "DNS:one.test"
certificate two "DNS:two.test,DNS:*.two.test"
certificate client "DNS:client.test"
certificate stranger "DNS:stranger.test" other-ca
openssl pkcs12 -export -in "$CERTS/one.pem" -inkey "$CERTS/one.key" -passout pass:keystore -out "$CERTS/one.p12"

inbound plain mixed direct
inbound tls mixed direct "tls { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\", alpn = [http/1.1] }"
inbound named mixed direct "tls { certificates = [
      { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\" }
      { certificate = \"$CERTS/one.pem\", key = \"$CERTS/one.key\" }
      { certificate = \"$CERTS/two.pem\", key = \"$CERTS/two.key\" }
    ] }"
inbound pkcs12 mixed direct "tls { certificate = \"$CERTS/one.p12\", password = keystore }"
inbound known http direct "tls { certificate = \"$CERTS/server.pem\", key = \"$CERTS/server.key\",
      client-ca = \"$CA\", client-auth = required }"
cp "$CERTS/one.pem" "$CASE_DIR/live.pem"
cp "$CERTS/one.key" "$CASE_DIR/live.key"
inbound live http direct "tls { certificate = \"$CASE_DIR/live.pem\", key = \"$CASE_DIR/live.key\" }"
inbound trial http direct 'tls { self-signed = true }'
serve

handshake() { # PORT ARGUMENTS…: what s_client says of it
  timeout 20 openssl s_client -connect "$HOST:$1" -CAfile "$CA" "${@:2}" </dev/null
}
client() { handshake "${PORT[$1]}" "${@:2}"; } # INBOUND ARGUMENTS…

check 'the certificate verifies' prints 'Verify return code: 0 (ok)' client tls -verify_return_error
check 'TLS 1.3' prints 'New, TLSv1.3' client tls -tls1_3
check 'TLS 1.2' prints 'New, TLSv1.2' client tls -tls1_2
check 'an ALPN name that we have is taken' prints 'ALPN protocol: http/1.1' client tls -alpn spdy/9,http/1.1
check 'without ALPN none is chosen' prints 'No ALPN negotiated' client tls

old=(-cipher 'ALL:@SECLEVEL=0' -tls1_1)
old_port=$(free_port)
spawn old-server openssl s_server -accept "$HOST:$old_port" -cert "$CERTS/server.pem" -key "$CERTS/server.key" \
  -quiet -cipher 'ALL:@SECLEVEL=0'
await_port old-server "$old_port"
check 'TLS 1.1 works where a server takes it' prints 'Protocol  : TLSv1.1' handshake "$old_port" "${old[@]}"
check 'TLS 1.1 is refused' exits 1 'alert protocol version' client tls "${old[@]}"

check 'SNI chooses the first name' prints 'subject=CN = one' client named -servername one.test
check 'SNI chooses the second name' prints 'subject=CN = two' client named -servername two.test
check 'SNI chooses by wildcard' prints 'subject=CN = two' client named -servername any.two.test
check 'an unknown name gets the first certificate' prints 'subject=CN = server' client named -servername else.test
check 'no name gets the first certificate' prints 'subject=CN = server' client named -noservername
check 'a PKCS12 store works' prints 'subject=CN = one' client pkcs12

known=(--proxy "https://$HOST:${PORT[known]}")
works 'with a client certificate' "${known[@]}" --proxy-cert "$CERTS/client.pem" --proxy-key "$CERTS/client.key"
check 'without a client certificate nothing passes' unseen_and '' "$HTTP_ORIGIN" "${known[@]}"
check 'without a client certificate it ends in an alert' exits 56 'certificate required' \
  get "${known[@]}" "$HTTP_ORIGIN/small.txt"
check 'with a certificate by someone else nothing passes' unseen_and '' "$HTTP_ORIGIN" "${known[@]}" \
  --proxy-cert "$CERTS/stranger.pem" --proxy-key "$CERTS/stranger.key"

check 'a certificate made at start is presented' prints 'Verify return code: 18 (self-signed certificate)' client trial
check 'a certificate made at start is not trusted' exits 60 '' \
  get --proxy "https://$HOST:${PORT[trial]}" "$HTTP_ORIGIN/small.txt"
works 'a certificate made at start works for trying things out' --proxy-insecure --proxy "https://$HOST:${PORT[trial]}"

connect() { # INBOUND ARGUMENTS…: s_client to the https origin, with a CONNECT of its own
  timeout 20 openssl s_client -proxy "$HOST:${PORT[$1]}" -connect "$HOST:$HTTPS_PORT" -CAfile "$CA" \
    -verify_return_error "${@:2}" </dev/null
}
check 'CONNECT by s_client' prints 'subject=CN = origin' connect plain

swapped() { # NAME: the files of the inbound `live` are now those of NAME, and it shows them within seconds, still serving
  cp "$CERTS/$1.key" "$CASE_DIR/live.key"
  cp "$CERTS/$1.pem" "$CASE_DIR/live.pem"
  within 10 shows "$1"
}
shows() { prints "subject=CN = $1" client live >/dev/null; }
check 'it shows the certificate that it was started with' shows one
check 'a new certificate is shown without a restart' swapped two
broken() { # what can't be used is told, and what was there serves on
  echo nonsense >"$CASE_DIR/live.pem"
  within 10 told
  shows two
}
told() { shows two && grep --quiet "can't be used, so what was there before serves on: .*live.pem" "$CASE_DIR/logs/hopline.log"; }
check 'a broken one is told in the log, and the one before stays' broken
check 'and the next good one is shown' swapped one
