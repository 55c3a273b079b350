# What every script here stands on: strict mode, the folders, the names.

set -euo pipefail
export LC_ALL=C
unset http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY

INTEROP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ROOT=$(dirname "$INTEROP")
export INTEROP ROOT HOPLINE=${HOPLINE:-$ROOT/hopline}

# Where the run has npm put what peers need.
export NODE_PATH=$ROOT/target/interop/node_modules

# The run's folder and address, both seen in its namespaces only (see interop/run).
export RUN_DIR=/run/interop HOST=127.0.0.1

# The file that holds the port that was given away last, one for each network.
export LAST_PORT=${LAST_PORT:-$RUN_DIR/port}

# A name for HOST that only programs started by lib/private can resolve.
export ORIGIN_NAME=origin.test

# The credentials that every peer and every inbound here takes, where it asks for some.
export USER_NAME=alice USER_PASSWORD='s3cret-word.1'

die() { # MESSAGE: ends this script and says why
  printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2
  exit 1
}
