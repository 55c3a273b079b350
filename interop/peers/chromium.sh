# Chromium, headless, as a browser behind an HTTPS proxy.

chromium_dom() { # PORT URL: what it makes of the page through the proxy there
  timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$CASE_DIR/chromium" \
    --ignore-certificate-errors --proxy-server="https://$HOST:$1" --proxy-bypass-list='<-loopback>' \
    --virtual-time-budget=20000 --dump-dom "$2" 2>"$CASE_DIR/logs/chromium.log"
}
