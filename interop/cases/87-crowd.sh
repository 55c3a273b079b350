#!/usr/bin/env bash
# A thousand tunnels at once, in use all together: no byte of any is lost, changed or another's.

source "$(dirname "$0")/../lib/case.sh"

inbound front mixed direct
serve

check '1,000 tunnels at once, each with its checksums both ways' \
  prints '1000 of 1000 tunnels carried both ways what was sent' \
  timeout 60 python3 "$INTEROP/lib/crowd.py" "${PORT[front]}" 1000 100000
