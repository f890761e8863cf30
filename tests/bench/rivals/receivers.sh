# shellcheck shell=bash
# Starts a receiver on every host, for rivals that need one. To be sourced. A receiver prints a line when it is ready, and
# may print more. It is stopped with everything else when the script ends.
set -euo pipefail
work=$(mktemp -d)
trap 'exec 9>&-; rm -rf "$work"' EXIT
mkfifo "$work/hold"
exec 9<>"$work/hold"

# start_receivers HOSTS COMMAND
start_receivers() {
  local address
  count=0
  while read -r address _; do
    ssh "root@$address" "$2" <"$work/hold" 9>&- >>"$work/said" 2>>"$work/said" &
    count=$((count + 1))
  done <"$1"
}

# wait_for_all WORD: waits until every receiver has printed WORD; fails if one has ended
wait_for_all() {
  until (($(grep -c "$1" "$work/said" || true) >= count)); do
    (($(jobs -rp | wc -l) >= count)) || { cat "$work/said" >&2 && exit 1; }
    sleep 0.02
  done
}
