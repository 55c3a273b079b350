# What a case sources first: everything, a folder of its own, and the promise that nothing stays running.

# shellcheck source=base.sh
source "$(dirname "${BASH_SOURCE[0]}")/base.sh"
CASE=$(basename "$0" .sh)
CASE_DIR=$RUN_DIR/$CASE
export CASE CASE_DIR
mkdir -p "$CASE_DIR/logs"

for part in "$INTEROP"/lib/{process,net,check,certs,origin,curl,hopline}.sh "$INTEROP"/peers/*.sh; do
  # shellcheck disable=SC1090
  source "$part"
done

trap stop_all EXIT
trap 'exit 130' INT TERM
