# shellcheck shell=bash disable=SC2154  # the benchmark and measuring.sh set work, data, hosts and others
# The steps of sync.sh: single syncs, and reading their results. To be sourced after measuring.sh.

# ---- treepush

# sync_from_source SRC DEST [LIST]
sync_from_source() {
  at_source "$treepush" sync "$1" "$2" -s local -l "${3:-$FLEET/hosts.txt}" --json --logdir "$FLEET/data/logs"
}

# sync_to_all [DEAD…]: syncs the file; the DEAD hosts are expected to die meanwhile
sync_to_all() {
  local ended=0 index living=("${copies[@]}")
  sync_from_source "$FLEET/data/file" "$FLEET/data/file" || ended=1
  for index; do
    unset "living[index - 1]"
  done
  local copies=("${living[@]}")
  all_have_it && all_told "$@" || return 1
  return "$ended"
}

# Puts the relay on every host, as a first run does.
place_relay() {
  make_file 1K
  sync_to_all || return 1
  forget_copies
}

forget_relay() {
  local index
  for ((index = 0; index <= ${#data[@]}; index++)); do
    # shellcheck disable=SC2016
    fleet exec "$index" sh -c 'rm -rf "$HOME/.cache/treepush"'
  done
}

# all_told [DEAD…]: the run's events report each host served, except for the DEAD ones
all_told() { last_took "$@" >/dev/null || { status="$status, but a target was not told of" && return 1; }; }

# timed NAME FUNCTION [GOAL]: once
timed() {
  if "$2"; then
    record "$1" "$seconds" s '' '' "${3:-}" sized
  else
    broken "$1"
  fi
}

# spell SIZE RATE
spell() { sed -E 's/([0-9])([MG])\b/\1 \2iB/; s/([0-9])MB/\1 MB/; s/mbit/ Mbit\/s/' <<<"$1 at $2"; }

# ---- many files

make_tree() {
  tree=${source_file%file}tree
  python3 "$bench/tree.py" make "$tree" "$small_files"
  digest=$(python3 "$bench/tree.py" digest "$tree")
}

sync_tree() { sync_from_source "$FLEET/data/tree" "$FLEET/data/tree" && all_have_tree && all_told; }
sync_fresh_tree() { forget_trees && sync_tree; }

chain_tree() {
  forget_trees
  at_source bash "$bench/rivals/chain.sh" tree "$FLEET/data/tree" "$FLEET/hosts.txt" && all_have_tree
}

rsync_tree() {
  local address
  read -r address _ <"$FLEET/hosts.txt"
  at_source rsync -a "$FLEET/data/tree/" "root@$address:$FLEET/data/tree/"
}

all_have_tree() {
  local place
  for place in "${data[@]}"; do
    [[ $(python3 "$bench/tree.py" digest "$place/tree") == "$digest" ]] ||
      { status="$status, but a copy is wrong or missing" && return 1; }
  done
}

forget_trees() { rm -rf "${data[@]/%//tree}"; }

# ---- rivals

# rival NAME PACKAGE PROGRAM FUNCTION [ARGUMENT…]: the package has the program
rival() {
  local name=$1 package=$2
  command -v "$3" >/dev/null || { absent "$name" "$package" && return; }
  if "${@:4}"; then
    record "$name to $hosts hosts, $(spell "$mid" "$rate")" "$seconds" s "$(calc "$seconds / $one")" 'one scp'
  else
    broken "$name"
  fi
  forget_copies
}

to_all() { at_source "$@" && all_have_it; }

# measure_chain WHAT
measure_chain() {
  if to_all bash "$bench/rivals/chain.sh" file "$FLEET/data/file" "$FLEET/hosts.txt"; then
    record "a chain of nc, $1" "$seconds" s
    record '  its data alone, every host linked' "$(tail -n 1 "$work/output")" s
  else
    broken "a chain of nc, $1"
  fi
  forget_copies
}

# python_with MODULE: prints a python that has MODULE: a distribution's modules may be visible only to its own python
python_with() {
  local python
  for python in python3 /usr/bin/python3; do
    ! "$python" -c "import $1" 2>/dev/null || { echo "$python" && return; }
  done
  return 1
}

# ---- links

# The bytes that all targets together received over their links.
# shellcheck disable=SC2046
received_by_targets() { fleet traffic $(seq "${#data[@]}") | awk '{ sum += $1 } END { printf "%.0f", sum }'; }

# strike_half_way kill|cut HOST…: once the source has sent half of the file
strike_half_way() {
  local _ before sent half
  half=$(($(stat -c %s "$source_file") / 2))
  read -r _ before < <(fleet traffic 0)
  sent=$before
  while ((sent - before < half)); do
    sleep 0.05
    read -r _ sent < <(fleet traffic 0)
  done
  fleet "$@"
  say "hosts struck: $*"
}

# Ends the background watcher; fails if it has ended by itself.
stop_watcher() {
  [[ " $(jobs -rp | paste -sd' ') " == *" $watcher "* ]] || return 1
  kill "$watcher"
  wait "$watcher" || true
}

# ---- the relay's own costs

# Records what every relay of the fleet uses, until read_relays. Host 0 is first, as everywhere here.
watch_relays() {
  # shellcheck disable=SC2046
  python3 "$bench/relay.py" watch $(fleet tree $(seq 0 "${#data[@]}")) >"$work/relays" &
  watcher=$!
  # shellcheck disable=SC2046
  fleet traffic $(seq 0 "${#data[@]}") >"$work/before"
}

# Sets memory to the largest peak of a relay, in KiB, and processor to the most seconds per GiB of a relay that passed the
# file on. The source does not count for the latter: it reads the file from its disk.
read_relays() {
  stop_watcher || return 1
  # shellcheck disable=SC2046
  fleet traffic $(seq 0 "${#data[@]}") >"$work/after"
  # Fields: memory, processor seconds; received and sent before; received and sent after.
  read -r memory processor < <(paste -d' ' "$work/relays" "$work/before" "$work/after" |
    awk -v size="$(stat -c %s "$source_file")" '
      { if ($1 > memory) memory = $1 }
      NR > 1 { times = int(($6 - $4) / size + 0.1); if (times > 0 && $2 / times > most) most = $2 / times }
      END { if (most) printf "%d %.2f\n", memory, most * 2^30 / size }')
}

# The median of ten starts, in ms, of the relay file on a host.
relay_start() {
  local relay
  # shellcheck disable=SC2016
  relay=$(fleet exec 1 sh -c 'find "$HOME/.cache/treepush" -type f -perm -u+x -size +64k | head -n 1')
  [[ -n $relay ]] || { status='no relay in ~/.cache/treepush' && return 1; }
  measured fleet exec 1 python3 "$bench/measure.py" "$work/measured" python3 "$bench/relay.py" start "$relay"
}
