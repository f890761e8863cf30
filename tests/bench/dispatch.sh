#!/usr/bin/env bash
# Measures what `treepush dispatch` costs.
#
#   dispatch.sh [--only CASE,…] [--quick] [--json FILE]
#
#   large   64 MiB to 16 hosts at 100 Mbit/s that have the relay, beside a sync of the same file
#   small   200 packages of 10 kB to one host, with an install command that does nothing: packages a second, checks and journal on
#   idle    a watched directory with 100,000 files: processor time and memory of the watcher
#
# --quick and TREEPUSH are as for sync.sh. Exit status: 0 every goal met, 1 a goal missed or something failed, 2 a program is
# missing or an argument is wrong.
set -euo pipefail
# shellcheck source=tests/bench/measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"
# shellcheck source=tests/bench/syncing.sh
source "$bench/syncing.sh"
program=dispatch
cases=(large small idle)
in_fleet='large|small'

needed_tools() { :; }

choose_sizes() {
  hosts=16 rate=100mbit rounds=2 large=64M packages=200 files=100000 watched_for=60
  ! $quick || hosts=4 rounds=1 large=8M packages=20 files=2000 watched_for=5
}

# write_rules HOSTS: one rule, in the source's data directory
write_rules() {
  (umask 077 && cat >"${source_file%file}rules.yml") <<RULES
rules:
  - match: .
    host: [$1]
    dest_dir: $FLEET/data
    install_command: ':'
RULES
}

# dispatch FILE…
dispatch() { at_source "$treepush" dispatch "$@" -c "$FLEET/data/rules.yml" --state "$FLEET/data/state" --json; }

case_large() {
  local what ours=() theirs=() round
  what=$(spell "$large" "$rate")
  raise_fleet "$hosts" "$rate"
  place_relay || { broken 'placing the relay' && lower_fleet && return; }
  write_rules "$(awk '{ printf "%s%s@%s:%s", (NR > 1 ? ", " : ""), $3, $1, $2 }' "$FLEET/hosts.txt")"
  for ((round = 0; round < rounds; round++)); do
    make_file "$large"
    sync_to_all || { broken "treepush sync, $what" && break; }
    theirs+=("$seconds")
    forget_copies
    { dispatch "$FLEET/data/file" && all_have_it; } || { broken "treepush dispatch, $what" && break; }
    ours+=("$seconds")
    forget_copies
  done
  ((${#theirs[@]} == 0)) || record "treepush sync to $hosts hosts, $what" "$(median "${theirs[@]}")" s
  ((${#ours[@]} == 0)) || record "treepush dispatch to $hosts hosts, $what" "$(median "${ours[@]}")" s \
    "$(calc "$(median "${ours[@]}") / $(median "${theirs[@]}")")" 'the sync' '<= 1.1' sized
  lower_fleet
}

case_small() {
  local number
  raise_fleet 1 loopback
  write_rules "$(awk '{ printf "%s@%s:%s", $3, $1, $2 }' "$FLEET/hosts.txt")"
  mkdir "${source_file%file}packages"
  for ((number = 0; number < packages; number++)); do head -c 10000 /dev/urandom >"${source_file%file}packages/p$number"; done
  # shellcheck disable=SC2046
  if dispatch $(seq -f "$FLEET/data/packages/p%.0f" 0 $((packages - 1))) && [[ $(grep -c package_installed "$work/output") == "$packages" ]]; then
    record "treepush dispatch, $packages packages of 10 kB to one host" "$seconds" s
    record '  small: packages a second' "$(calc "$packages / $seconds")" '' '' '' '>= 20' sized
  else
    broken "treepush dispatch, $packages packages"
  fi
  lower_fleet
}

case_idle() {
  local folder=$work/watched watcher before after
  mkdir -p "$folder"
  python3 -c 'import sys
for i in range(int(sys.argv[2])):
    open(f"{sys.argv[1]}/f{i}", "w").write("x")' "$folder" "$files"
  (umask 077 && printf 'rules:\n- match: none\n  host: local\n' >"$work/rules.yml")
  "$treepush" dispatch --watch "$folder" -c "$work/rules.yml" --state "$work/state" >"$work/output" 2>"$work/errors" &
  watcher=$!
  until grep -q 'there before' "$work/errors"; do sleep 0.2; done
  sleep 5
  before=$(ticks "$watcher")
  sleep "$watched_for"
  after=$(ticks "$watcher")
  record "watching $files files: share of a core while nothing arrives" "$(calc "($after - $before) / $(getconf CLK_TCK) / $watched_for * 100")" % '' '' '<= 1'
  record '  idle: resident memory' "$(calc "$(awk '/^VmRSS/ { print $2 }' "/proc/$watcher/status") * 1024 / 1e6")" MB '' '' '<= 150'
  stop_watcher
}

# Processor time of a process in clock ticks.
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

run_cases "$@"
