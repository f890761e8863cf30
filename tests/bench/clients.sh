#!/usr/bin/env bash
# Measures what each ssh client costs the controller: 1 KiB to 200 hosts on loopback.
#
#   clients.sh [--only push,sync] [--quick] [--json FILE]
#
#   push   treepush with scp
#   sync   treepush sync, to hosts that have the relay
#
# The processor time includes everything that treepush starts: ssh and, for a sync, the relay on its own machine. There is no
# goal: the figures show which client --ssh-client auto should use. --quick and TREEPUSH are as for push.sh. Exit status:
# 0 success, 1 something failed, 2 a program is missing or an argument is wrong.
set -euo pipefail
# shellcheck source=tests/bench/measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"
# shellcheck source=tests/bench/syncing.sh
source "$(dirname "${BASH_SOURCE[0]}")/syncing.sh"
program=clients
cases=(push sync)
in_fleet=.
clients=(openssh builtin)

needed_tools() { :; }

choose_sizes() {
  hosts=200 rounds=3
  ! $quick || hosts=20 rounds=1
}

case_push() { each_client push; }

case_sync() { each_client sync; }

# each_client JOB: the clients take turns, so that other load on the machine affects all of them.
each_client() {
  local client round
  declare -A walls=() processors=() peaks=()
  raise_fleet "$hosts" loopback
  make_file 1K
  [[ $1 != sync ]] || place_relay || { broken 'placing the relay' && return; }
  make_file 1K
  for ((round = 0; round < rounds; round++)); do
    for client in "${clients[@]}"; do
      "$1_by" "$client" || { broken "$1, $client" && continue; }
      walls[$client]+=" $seconds" processors[$client]+=" $whole" peaks[$client]+=" $peak"
      forget_copies
    done
  done
  lower_fleet
  for client in "${clients[@]}"; do
    [[ -z ${walls[$client]:-} ]] || tell "$1" "$client"
  done
}

# tell JOB CLIENT
# shellcheck disable=SC2086
tell() {
  record "$1 to $hosts hosts, $2" "$(median ${walls[$2]})" s
  record "  $1, $2: processor time a host, ssh included" "$(calc "1000 * $(median ${processors[$2]}) / $hosts")" ms
  record "  $1, $2: largest peak memory of a process" "$(megabytes "$(largest ${peaks[$2]})")" MB
}

push_by() {
  # shellcheck disable=SC2016
  local template='scp -q -P "$TPUSH_PORT" FILE "$TPUSH_USER@$TPUSH_HOST:FILE"'
  at_source "$treepush" "${template//FILE/$FLEET/data/file}" -s local -l "$FLEET/hosts.txt" --logdir "$FLEET/data/logs" --ssh-client "$1" || return 1
  all_have_it
}

sync_by() {
  at_source "$treepush" sync "$FLEET/data/file" "$FLEET/data/file" -s local -l "$FLEET/hosts.txt" --json --logdir "$FLEET/data/logs" --ssh-client "$1" || return 1
  all_have_it
}

run_cases "$@"
