# An authority for the run, and certificates that it signs.

CERTS=$RUN_DIR/certs
CA=$CERTS/ca.pem
export CERTS CA

authority() { # makes ca.pem and ca.key, and other-ca.pem and .key, which nobody trusts
  local name
  for name in ca other-ca; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj "/CN=interop $name" \
      -keyout "$CERTS/$name.key" -out "$CERTS/$name.pem" 2>/dev/null
  done
}

certificate() { # NAME SUBJECT-ALT-NAMES [AUTHORITY]: makes NAME.pem, NAME.key (PKCS 8) and NAME.both, the two in one
  local name=$1 names=$2 authority=${3:-ca}
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$name" \
    -keyout "$CERTS/$name.key" -out "$CERTS/$name.csr" 2>/dev/null
  openssl x509 -req -in "$CERTS/$name.csr" -CA "$CERTS/$authority.pem" -CAkey "$CERTS/$authority.key" -days 2 \
    -extfile <(printf 'subjectAltName=%s\n' "$names") -out "$CERTS/$name.pem" 2>/dev/null
  cat "$CERTS/$name.pem" "$CERTS/$name.key" >"$CERTS/$name.both"
}
