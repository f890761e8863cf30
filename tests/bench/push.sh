#!/usr/bin/env bash
# Measures the push and the tools that it is compared with, in one run on one machine.
#
#   push.sh [--only push,many,dead,start,plan] [--quick] [--json FILE]
#
#   push   64 MiB to 16 hosts over links of 100 Mbit/s: one scp to one host, then -m 1, 2, 4 and auto
#   many   1 KiB to 200 hosts on loopback: parallel-scp -p 32, then treepush, its processor time and memory
#   dead   8 MiB to 3 hosts in a list with 100 dead ones: the time until the 3 have it, compared with the 3 alone
#   start  treepush --version
#   plan   treepush plan for 100,000 hosts
#
# --quick uses small sizes, to check that everything works. Goals that are meaningful only at full size are then shown but
# not judged. TREEPUSH names the executable; if it is not set, the executable is published from this repository first.
# Exit status: 0 every goal met, 1 a goal missed or something failed, 2 a program is missing or an argument is wrong.
set -euo pipefail
# shellcheck source=tests/bench/measuring.sh
source "$(dirname "${BASH_SOURCE[0]}")/measuring.sh"
program=push
cases=(push many dead start plan)
in_fleet='push|many|dead'

needed_tools() { echo 'parallel-scp pssh'; }

choose_sizes() {
  push_hosts=16 push_size=64 many_hosts=200 many_rounds=3 plan_hosts=100000 plan_size=1GB dead_hosts=100
  ! $quick || push_hosts=6 push_size=4 many_hosts=20 many_rounds=1 plan_hosts=1000 plan_size=100MB dead_hosts=40
}

case_push() {
  local one m name best='' goal
  raise_fleet "$push_hosts" 100mbit
  make_file "${push_size}M"

  name="one scp, $push_size MiB at 100 Mbit/s"
  repeat 2 scp_to_one || { broken "$name" && return; }
  one=$seconds
  record "$name" "$one" s
  for m in 1 2 4 auto; do
    name="treepush -m $m to $push_hosts hosts"
    if ! push_to_all -m "$m"; then
      broken "$name"
    elif [[ $m == auto ]]; then
      record "$name" "$seconds" s "$(calc "$seconds / ${best:-$seconds}")" 'the best fixed -m' '<= 1.05' sized
    else
      goal=$([[ $m != 1 ]] || echo '<= 5.5')
      record "$name" "$seconds" s "$(calc "$seconds / $one")" 'one scp' "$goal" sized
      best=$(printf '%s\n' ${best:+"$best"} "$seconds" | sort -n | head -n 1)
    fi
    forget_copies
  done
  lower_fleet
}

# push_to_all [OPTION…]
push_to_all() {
  at_source "$treepush" "$(scp_template)" -s local -l "$FLEET/hosts.txt" --logdir "$FLEET/data/logs" "$@" || return 1
  all_have_it
}

# The rival and treepush take turns, so that other load on the machine affects both.
case_many() {
  local round rival=() ours=() processors=() peaks=() name="treepush to $many_hosts hosts, 1 KiB"
  raise_fleet "$many_hosts" loopback
  make_file 1K
  list_for_pssh
  for ((round = 0; round < many_rounds; round++)); do
    parallel_scp_to_all || { broken parallel-scp && break; }
    rival+=("$seconds")
    forget_copies
    push_to_all || { broken "$name" && break; }
    ours+=("$seconds") processors+=("$processor") peaks+=("$peak")
    forget_copies
  done
  lower_fleet
  ((${#rival[@]})) || return 0
  record "parallel-scp -p 32 to $many_hosts hosts, 1 KiB" "$(median "${rival[@]}")" s
  ((${#ours[@]})) || return 0
  record "$name" "$(median "${ours[@]}")" s \
    "$(calc "$(median "${ours[@]}") / $(median "${rival[@]}")")" parallel-scp '<= 1.5' sized
  record '  many: own processor time a host' \
    "$(calc "1000 * $(median "${processors[@]}") / $many_hosts")" ms '' '' '<= 15' sized
  record '  many: peak memory' "$(megabytes "$(largest "${peaks[@]}")")" MB '' '' '< 150'
}

case_dead() {
  raise_fleet 3 100mbit
  make_file 8M
  beside_alone "treepush to 3 hosts, 8 MiB, $dead_hosts dead among them: the 3" push_to_list
  lower_fleet
}

# push_to_list LIST
push_to_list() {
  at_source "$treepush" "$(scp_template | sed 's/scp -q/scp -q -o ConnectTimeout=3/')" -s local --json -l "$1" --logdir "$FLEET/data/logs"
}

case_start() {
  # Run once to fill the disk cache, then ten times for the figure.
  say_version || { broken 'treepush --version' && return; }
  repeat 10 say_version || { broken 'treepush --version' && return; }
  record 'treepush --version' "$(calc "1000 * $seconds")" ms '' '' '< 100'
}

# A program that does nothing is quick, so the answer is checked too.
say_version() { here "$treepush" --version && answered '[0-9]+[.][0-9]+'; }

case_plan() {
  local name="treepush plan for $plan_hosts hosts"
  plan_push || { broken "$name" && return; }
  record "$name" "$seconds" s '' '' '< 10' sized
  record '  plan: peak memory' "$(megabytes "$peak")" MB '' '' '< 1000' sized
}

plan_push() { here "$treepush" plan --hosts "$plan_hosts" --size "$plan_size" --rate 1Gbit && answered '[0-9]'; }

# The command is expanded on each source. The path is the same on every host.
scp_template() {
  # shellcheck disable=SC2016
  echo 'scp -q -P "$TPUSH_PORT" FILE "$TPUSH_USER@$TPUSH_HOST:FILE"' | sed "s|FILE|$FLEET/data/file|g"
}

run_cases "$@"
