#!/usr/bin/env bash
# The simplest broadcast: nc | tee | nc from host to host.
#
#   chain.sh file|tree PATH HOSTS     HOSTS: address port user, one a line
#
# Nothing is checked, encrypted or repaired. A tree is a tar stream, unpacked on every host as it passes. Prints how
# many seconds the data took, from the moment when all hosts are linked until the last host has everything.
set -euo pipefail
kind=$1 path=$2
mapfile -t addresses < <(cut -d' ' -f1 "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Until the next host listens, nc fails without reading anything, so nothing is lost by trying again.
send='send_to() { until nc -N "$1" 9000 2>/dev/null; do sleep 0.02; done; }'
eval "$send"

# The first byte is sent alone: when it has arrived at the last host, the chain is complete.
first_byte='first_byte() { dd bs=1 count=1 status=none; }'
eval "$first_byte"

# shellcheck disable=SC2016
link='
set -euo pipefail
sink=$path
if [[ $kind == tree ]]; then
  sink=$path.fifo
  mkdir -p "$path" && mkfifo "$sink"
  { tar -x -B -C "$path" && cat >/dev/null; } <"$sink" &   # tee must not meet a closed pipe
fi
if [[ -n $next ]]; then
  nc -d -l 9000 | tee "$sink" | send_to "$next"
else
  nc -d -l 9000 | tee "$sink" | { first_byte >/dev/null && echo linked && cat >/dev/null; }
fi
wait
rm -f "$path.fifo"'

start_link() {
  printf '%s\n' "$send" "$first_byte" "$(printf 'kind=%q path=%q next=%q' "$kind" "$path" "$2")" "$link" |
    ssh "root@$1" bash -s
}

produce() { if [[ $kind == tree ]]; then tar -c -C "$path" .; else cat "$path"; fi; }

wait_for_link() { until [[ -s $work/linked ]]; do sleep 0.01; done; }

links=()
for index in "${!addresses[@]}"; do
  start_link "${addresses[index]}" "${addresses[index + 1]:-}" >>"$work/linked" &
  links+=($!)
done
produce | { first_byte && wait_for_link && date +%s.%N >"$work/began" && cat; } | send_to "${addresses[0]}"
for link in "${links[@]}"; do wait "$link"; done
awk -v began="$(<"$work/began")" -v ended="$(date +%s.%N)" 'BEGIN { printf "%.3f\n", ended - began }'
